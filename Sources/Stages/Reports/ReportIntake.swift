// Takes one drop of reports in: reads it, claims it, judges each report, writes them into the archive, commits all at once.
//
// Order: tars durable → commit → receipt → source removed. A kill anywhere leaves either a drop that is taken anew, over
// tars of the same name and bytes, or one that is committed and only waits for its receipt.

internal import Archive
internal import Bundles
internal import Catalog
internal import Configuration
internal import Files
internal import Pipeline
internal import Radiology
internal import Spool

struct ReportIntake {
    let site: SiteContext
    let owner: String

    func take(
        _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation, unfit: String?, work: Work
    ) throws(StageError) -> IntakeResult {
        try StageError.wrap {
            if let unfit {
                let identity = try UnreadIntake(site: site, owner: owner).answer(
                    drop, at: location, .quarantined(reason: unfit), isAttested: expectation.isAttested, work: work)
                return .committed(status: DropStatus.quarantined.rawValue, identity)
            }
            let staging = try site.fast.freshStaging(for: drop.id.description, worker: owner)
            let result = Result {
                try take(drop, at: location, expectation: expectation, work: work, staging: staging)
            }
            try site.fast.discardStaging(for: drop.id.description, worker: owner)
            return try result.get()
        }
    }

    private func take(
        _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation, work: Work, staging: OpenDirectory
    ) throws -> IntakeResult {
        let read = try reading(staging).read(location, name: drop.name, expectation: expectation)
        let drafts = ReportDrafts(read)
        if let waiting = waiting(read, drafts, expectation, drop: drop) { return waiting }
        let generation = try site.catalog.generation(party: drop.party)
        let judged = try JudgedReports(
            drafts, of: read, drop: drop, isAttested: expectation.isAttested, site: site)
        let claimed = try claim(drop, location, read)
        let receivedAt = claimed.receivedAt.flatMap { SiteClock.seconds(of: $0) } ?? site.clock.seconds
        try site.fast.install(
            judged.tars, party: drop.party, staging: staging,
            stamp: PackStamp(receivedAt: receivedAt, dropNumber: drop.id.number))
        let outcome = ItemsOutcome(
            sha256: read.digest, byteCount: read.byteCount, attested: expectation.isAttested,
            status: judged.status.rawValue, reason: judged.reason, isHeld: judged.status == .quarantined, content: nil,
            items: judged.items, reports: judged.reports, files: judged.files, generation: generation)
        try site.catalog.commit(outcome, of: claimed, work: work, owner: owner, at: site.clock.timestamp)
        return .committed(status: judged.status.rawValue, SourceIdentity(files: read.identity))
    }

    private func reading(_ staging: OpenDirectory) -> ReportFileReading {
        let limits = site.configuration.pipeline(.reports).limits
        return ReportFileReading(
            limits: BundleLimits(
                bytes: limits.byteCount, entries: limits.entries, ratio: limits.ratio, depth: limits.depth,
                pathLength: limits.pathLength), scratch: staging)
    }

    /// What would become of a drop, had it been taken now; writes nothing but its staging folder.
    func judge(
        _ drop: DropRecord, at location: DropLocation, staging: OpenDirectory
    ) throws -> QuarantineRehearsal.Outcome {
        let read = try reading(staging).read(location, name: drop.name, expectation: .released(wasAttested: false))
        let judged = try JudgedReports(ReportDrafts(read), of: read, drop: drop, isAttested: false, site: site)
        return QuarantineRehearsal.Outcome(status: judged.status.rawValue, reason: judged.reason)
    }

    /// Why a drop is not taken yet; nil when it is whole.
    private func waiting(
        _ read: ReportFiles, _ drafts: ReportDrafts, _ expectation: DropExpectation, drop: DropRecord
    ) -> IntakeResult? {
        func wait(_ missing: [MissingPiece], _ reason: String) -> IntakeResult {
            .waiting(missing: missing, reason: reason, byteCount: read.byteCount)
        }
        switch expectation {
        case .file(let digest) where digest != read.digest:
            let reason = "its digest is not the one in \(drop.name.text)\(IgnoredNames.checksumSuffix)"
            return wait([MissingPiece(path: drop.name.bytes, reason: reason)], reason)
        case .bag(_, _, let unfinished?): return wait(read.missing, "the bag is not whole: \(unfinished)")
        case .folder, .bag:
            guard let first = read.missing.first else { return nil }
            return wait(
                read.missing,
                "\(read.missing.count) files are missing, or are not as attested; the first is"
                    + " \(FileName.text(of: first.path)): \(first.reason)")
        case .settled:
            let cut = read.cut + drafts.cut.map { MissingPiece(path: Array($0.path.utf8), reason: $0.reason) }
            guard let first = cut.first else { return nil }
            return wait(cut, "it is not whole: \(FileName.text(of: first.path)): \(first.reason)")
        case .file, .released: return nil
        }
    }

    /// Moves the drop out of its party's reach and makes sure that it is what was read.
    private func claim(_ drop: DropRecord, _ location: DropLocation, _ read: ReportFiles) throws -> DropRecord {
        let claim = Claim(layout: site.layout)
        var claimed = location
        if location.claimPath == nil {
            let path = try claim.path(for: location, key: drop.key, drop: drop.id.description)
            try site.catalog.markClaimed(drop.id, path: path, at: site.clock.timestamp)
            claimed = try claim.move(location, to: path, key: drop.key)
        }
        guard try ImagesIntake.isSame(claimed, as: read.identity) else {
            if try claim.putBack(claimed, key: drop.key) { try site.catalog.markReturned(drop.id) }
            throw SpoolError.changed(path: location.path)
        }
        guard let record = try site.catalog.drop(drop.id) else {
            throw StageError.unexpected("\(drop.id) is gone from the catalogue")
        }
        return record
    }
}
