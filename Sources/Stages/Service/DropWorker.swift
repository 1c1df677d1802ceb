// One drop, from being seen to being finished: leases it, learns by what it is known to be whole, has it taken in, and
// says what became of it.
//
// Failures that may pass are tried again later, with growing waits; when that has gone on for too long, or cannot help, the
// drop goes to quarantine, so that it never blocks another.

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
    /// It failed and is tried again; milliseconds since 1970.
    case postponed(until: Int64)
    /// Somebody else has it, or its time has not come.
    case leased
    case vanished
    /// Intake pauses; it is taken as soon as that is over.
    case paused
}

struct DropWorker: Sendable {
    let site: SiteContext
    let leases: LeaseKeeper

    private var owner: String { leases.owner }
    private var places: DropPlaces { DropPlaces(site: site) }

    /// - Parameter isSettled: Whether an unattested drop has been seen unchanged for long enough.
    func look(at seen: DropRecord, isSettled: Bool) throws(StageError) -> DropLook {
        let request = leases.request()
        let leased = try StageError.wrap {
            (
                try site.catalog.lease(pipeline: seen.kind, stage: "receive", drop: seen.id, request),
                try site.catalog.drop(seen.id)
            )
        }
        guard let work = leased.0, let drop = leased.1 else { return .leased }
        guard drop.state == .waiting || drop.state == .claimed else {
            try StageError.wrap { try site.catalog.finish(work, owner: owner) }
            return .finished
        }
        do throws(StageError) {
            return try look(at: drop, isSettled: isSettled || drop.state == .claimed, work: work)
        } catch {
            if case .catalog(.leaseLost) = error { return .leased }
            if error.isForbidden, drop.state == .waiting { return try unreadable(drop, work: work, error) }
            guard error.mayPass else {
                try giveBack(work)
                throw error
            }
            if error.isPause {
                try giveBack(work)
                return .paused
            }
            let postponement = Postponement(site: site, owner: owner)
            if postponement.isExhausted(drop, work) { return try giveUp(drop, work: work, error) }
            return try postponement.postpone(drop, work: work, error)
        }
    }

    /// Hands a drop that has failed for longer than `giveUpAfter` to a person.
    private func giveUp(_ drop: DropRecord, work: Work, _ error: StageError) throws(StageError) -> DropLook {
        guard let location = try places.locate(drop) else { return try absent(drop, work: work) }
        let reason = "given up after it failed \(work.attempt + 1) times, last with: \(error.description)"
        site.logger.error("\(drop.id) \(drop.party)/\(drop.kind)/\(drop.name.text): \(reason)")
        let identity = try UnreadIntake(site: site, owner: owner).answer(
            drop, at: location, .quarantined(reason: reason), isAttested: location.checksum != nil, work: work)
        return try finish(drop, identity: identity)
    }

    /// A drop that this account may not read: some senders open it up only when it is whole (rsync --inplace).
    private func unreadable(_ drop: DropRecord, work: Work, _ error: StageError) throws(StageError) -> DropLook {
        let reason = error.description
        return try Holding(site: site).wait(
            drop, missing: [MissingPiece(path: drop.name.bytes, reason: reason)], reason: reason, byteCount: 0,
            isAttested: false, release: { () throws(StageError) in try giveBack(work) })
    }

    /// Publishes the receipt of a committed drop and disposes of its source, unless somebody else does.
    func finish(_ drop: DropRecord, identity: SourceIdentity?) throws(StageError) -> DropLook {
        let request = leases.request()
        let work = try StageError.wrap {
            try site.catalog.lease(pipeline: drop.kind, stage: "publish", drop: drop.id, request)
        }
        guard let work else { return .leased }
        do throws(StageError) {
            try DropFinisher(site: site, owner: owner).finish(drop.id, work: work, identity: identity)
            return .finished
        } catch {
            guard error.mayPass else {
                try giveBack(work)
                throw error
            }
            return try Postponement(site: site, owner: owner).postpone(drop, work: work, error)
        }
    }

    private func look(at drop: DropRecord, isSettled: Bool, work: Work) throws(StageError) -> DropLook {
        guard let location = try places.locate(drop) else { return try absent(drop, work: work) }
        if let reason = try places.refusal(drop, location) {
            guard isSettled || location.checksum != nil else { return try stillWaiting(work) }
            let identity = try UnreadIntake(site: site, owner: owner).answer(
                drop, at: location, .refused(reason: reason), isAttested: location.checksum != nil, work: work)
            return try finish(drop, identity: identity)
        }
        if drop.releasedFrom != nil {
            let expectation = DropExpectation.released(wasAttested: drop.attested ?? false)
            return try take(drop, at: location, expectation: expectation, unfit: nil, work: work)
        }
        let attestation = try StageError.wrap {
            try Attestation(
                of: location, name: drop.name, entryLimit: site.pipeline(of: drop).limits.entries,
                isThorough: Holding(site: site).isOverdue(drop))
        }
        switch attestation {
        case .unusable(let missing, let reason):
            return try Holding(site: site).wait(
                drop, missing: missing, reason: reason, byteCount: 0, isAttested: true,
                release: { () throws(StageError) in try giveBack(work) })
        case .unfit(let reason):
            guard isSettled else { return try stillWaiting(work) }
            return try take(drop, at: location, expectation: .settled, unfit: reason, work: work)
        case .expectation(let expectation):
            guard expectation.isAttested || isSettled else { return try stillWaiting(work) }
            return try take(drop, at: location, expectation: expectation, unfit: nil, work: work)
        }
    }

    /// A drop that is not where it was: gone, or there is only its attestation yet.
    private func absent(_ drop: DropRecord, work: Work) throws(StageError) -> DropLook {
        try places.requireNoClaim(drop)
        guard try places.hasAttestation(drop) else {
            try places.forget(drop)
            return .vanished
        }
        let reason = "its attestation is there, \(drop.name.text) itself is not"
        return try Holding(site: site).wait(
            drop, missing: [MissingPiece(path: drop.name.bytes, reason: reason)], reason: reason, byteCount: 0,
            isAttested: true, release: { () throws(StageError) in try giveBack(work) })
    }

    private func take(
        _ drop: DropRecord, at location: DropLocation, expectation: DropExpectation, unfit: String?, work: Work
    ) throws(StageError) -> DropLook {
        if let pause = try site.intakePause() { throw pause }
        let size = try StageError.wrap { try location.folder.status(of: location.name)?.byteCount ?? 0 }
        let progress = Progress(title: "\(drop.id) \(drop.name.text)", total: size, logger: site.logger)
        defer { progress.finish() }
        let result: IntakeResult
        switch drop.dropKind {
        case .diagnoses, .requests, .charts:
            result = try DocumentIntake(site: site, owner: owner).take(
                drop, at: location, expectation: expectation, work: work)
        case .acks:
            result = try AckIntake(site: site, owner: owner).take(
                drop, at: location, expectation: expectation, work: work)
        case .reports:
            result = try ReportIntake(site: site, owner: owner).take(
                drop, at: location, expectation: expectation, unfit: unfit, work: work)
        case .images:
            let intake = ImagesIntake(
                catalog: site.catalog, layout: site.layout, tier: site.fast, clock: site.clock,
                settings: IntakeSettings(site, party: drop.party))
            result = try intake.take(
                drop, at: location, expectation: expectation, unfit: unfit, work: work, owner: owner,
                onRead: { progress.advance($0) })
        }
        switch result {
        case .waiting(let missing, let reason, let byteCount):
            if drop.state == .claimed { try putBack(drop, location) }
            return try Holding(site: site).wait(
                drop, missing: missing, reason: reason, byteCount: byteCount, isAttested: expectation.isAttested,
                release: { () throws(StageError) in try giveBack(work) })
        case .acknowledged: return .finished
        case .committed(let status, let identity):
            site.logger.info("\(drop.id) \(drop.party)/\(drop.kind)/\(drop.name.text): \(status)")
            return try finish(drop, identity: identity)
        }
    }

    /// Gives a claim back whose content is not whole any more: its sender still had it open.
    private func putBack(_ drop: DropRecord, _ location: DropLocation) throws(StageError) {
        try StageError.wrap {
            guard try Claim(layout: site.layout).putBack(location, key: drop.key) else {
                throw StageError.unexpected(
                    "\(location.path) is not whole, and its place in the party's folder is taken")
            }
            try site.catalog.markReturned(drop.id)
        }
    }

    private func stillWaiting(_ work: Work) throws(StageError) -> DropLook {
        try giveBack(work)
        return .waiting
    }

    private func giveBack(_ work: Work) throws(StageError) {
        try StageError.wrap { try site.catalog.giveBack(work, owner: owner) }
    }
}
