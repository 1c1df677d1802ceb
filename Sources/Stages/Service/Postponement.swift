// What is done after a failure that may pass by itself: the work waits, longer each time; after `giveUpAfter` a person
// has to look.

internal import Catalog
internal import Configuration
internal import Pipeline
internal import Spool

struct Postponement {
    let site: SiteContext
    let owner: String

    /// Whether a piece of work has failed for so long that a person has to look.
    func isExhausted(_ drop: DropRecord, _ work: Work) -> Bool {
        schedule(drop).isExhausted(firstFailedAt: work.firstFailedAt, now: site.clock.milliseconds)
    }

    func postpone(_ drop: DropRecord, work: Work, _ error: StageError) throws(StageError) -> DropLook {
        let now = site.clock.milliseconds
        let wait = error.isImmediate ? 0 : schedule(drop).wait(afterFailures: work.attempt)
        // While the lease is held: nobody else must meet the claim on its way.
        if !error.isImmediate { try setAside(drop) }
        try StageError.wrap {
            try site.catalog.postpone(
                work, owner: owner, until: now + wait, now: now, error: error.description)
        }
        if !error.isImmediate {
            site.logger.warning("\(drop.id): \(error.description); tried again in \(wait / 1000) s")
        }
        return .postponed(until: now + wait)
    }

    private func schedule(_ drop: DropRecord) -> RetrySchedule {
        let retry = site.pipeline(of: drop).retry
        return RetrySchedule(
            firstMilliseconds: retry.firstMilliseconds, factor: retry.factor.nearestDouble,
            capMilliseconds: retry.capMilliseconds, giveUpAfterMilliseconds: retry.giveUpAfterMilliseconds)
    }

    /// A claimed drop waits in `deferred/`, where a person sees it.
    private func setAside(_ drop: DropRecord) throws(StageError) {
        try StageError.wrap {
            guard let now = try site.catalog.drop(drop.id), now.state == .claimed, let path = now.claimPath,
                path.hasPrefix("active/"), let location = try site.layout.claimedLocation(path)
            else { return }
            let deferred = ClaimPaths.deferred(drop.id.description)
            let claim = Claim(layout: site.layout)
            try site.catalog.markClaimed(drop.id, path: deferred, at: site.clock.timestamp)
            _ = try claim.move(location, to: deferred, key: drop.key)
            try claim.removeClaimFolder(location)
        }
    }
}
