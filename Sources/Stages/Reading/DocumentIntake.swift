// Takes one drop of diagnoses, requests or charts in: reads it, claims it, judges each item, commits all in one transaction.
//
// A kill anywhere leaves either a drop that is taken anew or one that is committed and only waits for its receipt.

internal import Catalog
internal import Configuration
internal import Files
internal import Interchange
internal import Pipeline
internal import Radiology
internal import Spool

struct DocumentIntake {
    let site: SiteContext
    let owner: String

    func take(
        _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation, work: Work
    ) throws(StageError) -> IntakeResult {
        try StageError.wrap {
            let limit = site.configuration.pipeline(drop.dropKind).limits.byteCount
            switch try DocumentDrop.read(location, byteLimit: limit) {
            case .unfit(let reason):
                let identity = try UnreadIntake(site: site, owner: owner).answer(
                    drop, at: location, .refused(reason: reason), isAttested: expectation.isAttested, work: work)
                return .committed(status: DropStatus.refused.rawValue, identity)
            case .read(let document):
                return try take(document, drop, at: location, expectation: expectation, work: work)
            }
        }
    }

    /// What would become of a drop, had it been taken now; writes nothing.
    func judge(_ drop: DropRecord, at location: DropLocation) throws -> QuarantineRehearsal.Outcome {
        let limit = site.configuration.pipeline(drop.dropKind).limits.byteCount
        switch try DocumentDrop.read(location, byteLimit: limit) {
        case .unfit(let reason):
            return QuarantineRehearsal.Outcome(status: DropStatus.refused.rawValue, reason: reason)
        case .read(let document):
            let judged = try DocumentJudge(site: site, drop: drop).judge(document.bytes)
            return QuarantineRehearsal.Outcome(status: judged.status.rawValue, reason: judged.reason)
        }
    }

    private func take(
        _ document: DocumentDrop, _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation,
        work: Work
    ) throws -> IntakeResult {
        if case .file(let digest) = expectation, digest != document.digest {
            let reason = "its digest is not the one in \(drop.name.text)\(IgnoredNames.checksumSuffix)"
            return .waiting(
                missing: [MissingPiece(path: drop.name.bytes, reason: reason)], reason: reason,
                byteCount: Int64(document.bytes.count))
        }
        let judged = try DocumentJudge(site: site, drop: drop).judge(document.bytes)
        if !expectation.isAttested, drop.releasedFrom == nil, let reason = judged.cutReason {
            return .waiting(
                missing: [MissingPiece(path: drop.name.bytes, reason: reason)], reason: "it is not whole: \(reason)",
                byteCount: Int64(document.bytes.count))
        }
        let claimed = try claim(drop, location, document)
        let outcome = ItemsOutcome(
            sha256: document.digest, byteCount: Int64(document.bytes.count), attested: expectation.isAttested,
            status: judged.status.rawValue, reason: judged.reason, isHeld: judged.status == .quarantined,
            content: document.bytes, diagnoses: judged.diagnoses, items: judged.items, effects: judged.effects)
        try site.catalog.commit(outcome, of: claimed, work: work, owner: owner, at: site.clock.timestamp)
        return .committed(status: judged.status.rawValue, document.identity)
    }

    /// Moves the drop out of its party's reach and makes sure that it is what was read.
    private func claim(
        _ drop: DropRecord, _ location: DropLocation, _ document: DocumentDrop
    ) throws -> DropRecord {
        let claim = Claim(layout: site.layout)
        var claimed = location
        if location.claimPath == nil {
            let path = try claim.path(for: location, key: drop.key, drop: drop.id.description)
            try site.catalog.markClaimed(drop.id, path: path, at: site.clock.timestamp)
            claimed = try claim.move(location, to: path, key: drop.key)
        }
        let status = try claimed.folder.status(of: claimed.name)
        guard let status, let read = document.identity.files.first, status.isSameContent(as: read.status) else {
            if try claim.putBack(claimed, key: drop.key) { try site.catalog.markReturned(drop.id) }
            throw SpoolError.changed(path: location.path)
        }
        guard let record = try site.catalog.drop(drop.id) else {
            throw StageError.unexpected("\(drop.id) is gone from the catalogue")
        }
        return record
    }
}
