// One drop, from being seen to being finished: leases it, learns by what it is known to be whole, has it taken in, and
// says what became of it. Failures that may pass are tried again later; others are thrown to the caller.

internal import Archive
internal import Bundles
internal import Catalog
internal import Configuration
internal import Files
internal import Pipeline
internal import Spool

/// What became of one look at a drop.
enum DropLook: Sendable, Equatable {
    case finished
    case waiting
    case postponed(String)
    /// Somebody else has it, or its time has not come.
    case leased
    case vanished
}

struct DropWorker {
    let site: SiteContext
    let owner: String
    let leases: LeaseKeeper

    /// - Parameters:
    ///   - isSettled: Whether an unattested drop has been seen unchanged for long enough.
    func look(at drop: DropRecord, isSettled: Bool) throws(StageError) -> DropLook {
        let request = leases.request()
        let work = try StageError.wrap {
            try site.catalog.lease(pipeline: drop.kind, stage: "receive", drop: drop.id, request)
        }
        guard let work else { return .leased }
        do throws(StageError) {
            return try look(at: drop, isSettled: isSettled, work: work)
        } catch {
            guard error.mayPass else { throw error }
            try postpone(work, error)
            return .postponed(error.description)
        }
    }

    private func look(at drop: DropRecord, isSettled: Bool, work: Work) throws(StageError) -> DropLook {
        let location = try locate(drop)
        guard let location else {
            try StageError.wrap { try site.catalog.markGone([drop.id]) }
            return .vanished
        }
        let expectation: DropExpectation
        do throws(Spool.ChecksumList.Problem) {
            expectation = try self.expectation(drop, location)
        } catch {
            let reason = "\(drop.name.text)\(IgnoredNames.checksumSuffix): \(error.description)"
            return try wait(
                drop, work: work, missing: [MissingPiece(path: drop.name.bytes, reason: reason)], reason: reason,
                byteCount: 0, attested: true)
        }
        guard expectation.isAttested || isSettled || drop.state == .claimed else {
            try StageError.wrap { try site.catalog.giveBack(work, owner: owner) }
            return .waiting
        }
        return try take(drop, at: location, expectation: expectation, work: work)
    }

    private func take(
        _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation, work: Work
    ) throws(StageError) -> DropLook {
        try requireSpace()
        let size = try StageError.wrap { try location.folder.status(of: location.name)?.byteCount ?? 0 }
        let progress = Progress(title: "\(drop.id) \(drop.name.text)", total: size, logger: site.logger)
        defer { progress.finish() }
        let intake = ImagesIntake(
            catalog: site.catalog, layout: site.layout, tier: site.fast, clock: site.clock,
            settings: settings(of: drop))
        let result = try intake.take(
            drop, at: location, expectation: expectation, work: work, owner: owner,
            onRead: { progress.advance($0) })
        switch result {
        case .vanished: return .vanished
        case .waiting(let missing, let reason, let byteCount):
            return try wait(
                drop, work: work, missing: missing, reason: reason, byteCount: byteCount,
                attested: expectation.isAttested)
        case .committed(let status):
            site.logger.info("\(drop.id) \(drop.party)/\(drop.kind)/\(drop.name.text): \(status)")
            try finish(drop.id, identity: nil)
            return .finished
        }
    }

    /// Publishes the receipt of a committed drop and disposes of its source, unless somebody else does.
    func finish(_ drop: DropID, identity: SourceIdentity?) throws(StageError) {
        let request = leases.request()
        let work = try StageError.wrap {
            try site.catalog.lease(pipeline: "images", stage: "publish", drop: drop, request)
        }
        guard let work else { return }
        do throws(StageError) {
            try DropFinisher(site: site, owner: owner).finish(drop, work: work, identity: identity)
        } catch {
            guard error.mayPass else { throw error }
            try postpone(work, error)
        }
    }

    /// Notes that a drop is not whole; tells its sender when it has waited for long enough.
    private func wait(
        _ drop: DropRecord, work: Work, missing: [MissingPiece], reason: String, byteCount: Int64, attested: Bool
    ) throws(StageError) -> DropLook {
        let held = site.configuration.pipeline(.images).holdIncompleteAfterMilliseconds / 1000
        let since = SiteClock.seconds(of: drop.changedAt) ?? site.clock.seconds
        if site.clock.seconds - since >= held, drop.incompleteAt == nil {
            let at = site.clock.timestamp
            try ReceiptPublisher(catalog: site.catalog, outbox: Outbox(layout: site.layout)).publishIncomplete(
                drop, byteCount: byteCount, attested: attested, missing: missing.map(\.path), reason: reason, at: at)
            try StageError.wrap { try site.catalog.markIncomplete(drop.id, at: at, reason: reason) }
            site.logger.notice("\(drop.id) \(drop.party)/\(drop.kind)/\(drop.name.text): incomplete: \(reason)")
        }
        try StageError.wrap { try site.catalog.giveBack(work, owner: owner) }
        return .waiting
    }

    private func locate(_ drop: DropRecord) throws(StageError) -> DropLocation? {
        try StageError.wrap {
            if let path = drop.claimPath, let claimed = try site.layout.claimedLocation(path) { return claimed }
            return try site.layout.incomingLocation(
                DropKey(party: drop.party, kind: drop.kind, name: drop.name))
        }
    }

    private func expectation(
        _ drop: DropRecord, _ location: DropLocation
    ) throws(Spool.ChecksumList.Problem) -> DropExpectation {
        guard let checksum = location.checksum else { return .settled }
        let bytes: [UInt8]
        do throws(FilesError) {
            bytes = try location.folder.openFile(checksum).readAll(limit: Spool.ChecksumList.byteLimit)
        } catch {
            throw Spool.ChecksumList.Problem(line: nil, text: error.description)
        }
        return try DropExpectation(try Spool.ChecksumList(bytes), name: drop.name, isFolder: drop.isFolder)
    }

    private func settings(of drop: DropRecord) -> IntakeSettings {
        let limits = site.configuration.pipeline(.images).limits
        return IntakeSettings(
            defaultIssuer: site.configuration.facility(drop.party)?.issuerOfPatientID ?? "",
            limits: BundleLimits(
                bytes: limits.byteCount, entries: limits.entries, ratio: limits.ratio, depth: limits.depth,
                pathLength: limits.pathLength),
            threads: 2)
    }

    /// Intake pauses before a claim when the disk is nearly full.
    private func requireSpace() throws(StageError) {
        try StageError.wrap {
            try site.fast.requireMounted()
            let space = try Paths.space(at: site.fast.path)
            let least = site.configuration.storage.minimumFree.byteCount(ofDisk: space.total)
            guard space.available >= least else {
                throw FilesError(operation: "take in (less than minimumFree is free) at", path: site.fast.path, code: 28)
            }
        }
    }

    private func postpone(_ work: Work, _ error: StageError) throws(StageError) {
        let retry = site.configuration.pipeline(.images).retry
        let schedule = RetrySchedule(
            firstMilliseconds: retry.firstMilliseconds, factor: retry.factor.nearestDouble,
            capMilliseconds: retry.capMilliseconds, giveUpAfterMilliseconds: retry.giveUpAfterMilliseconds)
        let now = SiteClock.wallMilliseconds
        let until = now + schedule.wait(afterFailures: work.attempt)
        site.logger.warning("\(work.drop): \(error.description); tried again later")
        try StageError.wrap {
            try site.catalog.postpone(work, owner: owner, until: until, now: now, error: error.description)
        }
    }
}
