// Takes an acknowledgement in: what was picked up is removed from the party's outbound folder.
//
// Invariants: only what the party itself has there, and only when it is byte for byte what the party says; an
// acknowledgement that is not right removes nothing and is answered by a `refused` receipt, a good one by none. One of what
// was withdrawn meanwhile is good as well: the party has it.

internal import Catalog
internal import Configuration
internal import Files
internal import Radiology
internal import Spool

struct AckIntake {
    let site: SiteContext
    let owner: String

    func take(
        _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation, work: Work
    ) throws(StageError) -> IntakeResult {
        try StageError.wrap {
            let limit = site.configuration.pipeline(.acks).limits.byteCount
            switch try DocumentDrop.read(location, byteLimit: limit) {
            case .unfit(let reason):
                return try refuse(drop, location, reason, isAttested: expectation.isAttested, work: work)
            case .read(let document):
                if case .file(let digest) = expectation, digest != document.digest {
                    let reason = "its digest is not the one in \(drop.name.text)\(IgnoredNames.checksumSuffix)"
                    return .waiting(
                        missing: [MissingPiece(path: drop.name.bytes, reason: reason)], reason: reason,
                        byteCount: Int64(document.bytes.count))
                }
                let reason =
                    try reasonToRefuse(document.bytes, party: drop.party)
                    ?? withdraw(document.bytes, party: drop.party)
                if let reason {
                    return try refuse(drop, location, reason, isAttested: expectation.isAttested, work: work)
                }
                try finish(drop, location, work: work)
                return .acknowledged
            }
        }
    }

    /// What would become of a drop, had it been taken now; removes nothing.
    func judge(_ drop: DropRecord, at location: DropLocation) throws -> QuarantineRehearsal.Outcome {
        let limit = site.configuration.pipeline(.acks).limits.byteCount
        let reason: String? =
            switch try DocumentDrop.read(location, byteLimit: limit) {
            case .unfit(let reason): reason
            case .read(let document): try reasonToRefuse(document.bytes, party: drop.party)
            }
        let status: DropStatus = reason == nil ? .accepted : .refused
        return QuarantineRehearsal.Outcome(status: status.rawValue, reason: reason)
    }

    private func refuse(
        _ drop: DropRecord, _ location: DropLocation, _ reason: String, isAttested: Bool, work: Work
    ) throws -> IntakeResult {
        let identity = try UnreadIntake(site: site, owner: owner).answer(
            drop, at: location, .refused(reason: reason), isAttested: isAttested, work: work)
        return .committed(status: "refused", identity)
    }

    /// Why an acknowledgement is not right; nil when it is. Removes nothing.
    func reasonToRefuse(_ bytes: [UInt8], party: String) throws -> String? {
        let ack: Acknowledgement
        do throws(Acknowledgement.Malformed) { ack = try Acknowledgement(bytes) } catch { return error.reason }
        let kinds = site.configuration.party(party)?.kind.outboundKinds.map(\.rawValue) ?? []
        guard kinds.contains(ack.kind) else {
            return "'\(ack.kind)' is nothing that you pick up; that is \(kinds.joined(separator: ", "))"
        }
        let name = ack.name.text
        let outbox = Outbox(layout: site.layout)
        guard let there = try outbox.digest(party: party, kind: ack.kind, name: ack.name) else {
            return try reasonToRefuse(absent: ack, name, party: party)
        }
        guard there == ack.sha256 else {
            return "\(ack.kind)/\(name) has the SHA-256 \(there.hex), not \(ack.sha256.hex): pick it up again"
        }
        return nil
    }

    /// Removes what is acknowledged rightly.
    ///
    /// - Returns: Why it cannot be; nil when it is gone, now or from before.
    private func withdraw(_ bytes: [UInt8], party: String) throws -> String? {
        let ack = try Acknowledgement(bytes)
        let name = ack.name.text
        let outbox = Outbox(layout: site.layout)
        if try outbox.digest(party: party, kind: ack.kind, name: ack.name) == nil { return nil }
        try site.catalog.markAcknowledged(
            party: party, kind: ack.kind, name: name, sha256: ack.sha256, at: site.clock.timestamp)
        let outcome = try outbox.withdraw(
            party: party, kind: ack.kind, name: ack.name, ifItIs: ack.sha256, keepsOthers: false)
        return outcome == .replaced ? "\(ack.kind)/\(name) was replaced by a newer one meanwhile: pick that up" : nil
    }

    /// What lies there no more may have been picked up before it was withdrawn, or be acknowledged a second time.
    private func reasonToRefuse(absent ack: Acknowledgement, _ name: String, party: String) throws -> String? {
        let catalog = site.catalog
        if try catalog.isAcknowledged(party: party, kind: ack.kind, name: name, sha256: ack.sha256) { return nil }
        guard let withdrawn = try catalog.latestWithdrawal(party: party, kind: ack.kind, name: name) else {
            return "\(ack.kind)/\(name) is not there"
        }
        guard withdrawn.sha256 == ack.sha256 else {
            return "\(ack.kind)/\(name) was withdrawn at \(withdrawn.at), and its SHA-256 was "
                + "\(withdrawn.sha256.hex), not \(ack.sha256.hex): ask for it again"
        }
        try catalog.markAcknowledged(
            party: party, kind: ack.kind, name: name, sha256: ack.sha256, at: site.clock.timestamp)
        return nil
    }

    /// The acknowledgement itself goes without a receipt.
    private func finish(_ drop: DropRecord, _ location: DropLocation, work: Work) throws {
        try location.folder.removeFile(location.name)
        if let checksum = location.checksum { try location.folder.removeFile(checksum) }
        try Claim(layout: site.layout).removeClaimFolder(location)
        try site.catalog.finishAcknowledgement(drop.id, work: work, owner: owner)
    }
}
