// Puts one due publication where its party picks it up: a packet, a notice, a result, or a piece of a delivery.
//
// Made from facts alone: repeating it gives the same bytes. Failures that may pass are tried again, with growing waits.

internal import Catalog
internal import Configuration
internal import Files
internal import Interchange
internal import Pipeline
internal import Spool

struct PublicationWorker {
    let site: SiteContext
    let leases: LeaseKeeper
    private let deliveries: DeliveryWorker

    init(site: SiteContext, leases: LeaseKeeper) {
        self.site = site
        self.leases = leases
        deliveries = DeliveryWorker(site: site, leases: leases)
    }

    /// - Returns: Whether something is left of it for a later turn.
    func work(on id: Int64) throws(StageError) -> Bool {
        let due = try StageError.wrap { try site.catalog.lease(publication: id, leases.request()) }
        guard let due else { return false }
        if let sha256 = due.withdrawn {
            try takeBack(due, sha256)
            return false
        }
        switch due.publication.subject {
        case .packet: try publishPackets(due)
        case .delivery: return try deliver(due)
        case .reportNotice, .reportDelivery: try publishReportChange(due)
        case .notice, .result, .invoice, .withdrawal, .drill, .liaison: try settle(due) { try publish(due.publication) }
        case .invoiceDraft: try publishDraft(due)
        }
        return false
    }

    /// Takes back what nobody has acknowledged. Something else that lies there is not ours, and stays.
    private func takeBack(_ due: DuePublication, _ sha256: SHA256Digest) throws(StageError) {
        let place = due.publication
        do throws(StageError) {
            try StageError.wrap {
                let outcome = try Outbox(layout: site.layout).withdraw(
                    party: place.party, kind: place.kind, name: FileName(place.name), ifItIs: sha256,
                    keepsOthers: true)
                try site.catalog.markWithdrawn(due, owner: leases.owner)
                site.logger.info("\(place.party)/\(place.kind)/\(place.name): withdrawn (\(outcome))")
            }
        } catch {
            try postpone(due, error)
            guard error.mayPass else { throw error }
        }
    }

    /// A draft whose month is closed is taken back.
    private func publishDraft(_ due: DuePublication) throws(StageError) {
        let files = InvoiceFiles(site: site)
        guard try StageError.wrap({ try site.catalog.draft(id: due.publication.subjectID) }) == nil else {
            return try settle(due) { try files.publishDraft(due.publication) }
        }
        try StageError.wrap {
            _ = try files.publishDraft(due.publication)
            try site.catalog.markWithdrawn(due, owner: leases.owner)
        }
    }

    /// The change of a report that was deleted with its exam is told to nobody any more.
    private func publishReportChange(_ due: DuePublication) throws(StageError) {
        guard try StageError.wrap({ try site.catalog.reportChange(due.publication.subjectID) }) == nil else {
            return try settle(due) { try publish(due.publication) }
        }
        try StageError.wrap { try site.catalog.markWithdrawn(due, owner: leases.owner) }
    }

    private func deliver(_ due: DuePublication) throws(StageError) -> Bool {
        var isWhole = true
        try settle(due) {
            let digest = try deliveries.advance(due)
            isWhole = digest != nil
            return digest
        }
        return !isWhole
    }

    /// Publishes a packet, and those of the exam's other readers that are due as well: what they have alike is made once.
    private func publishPackets(_ first: DuePublication) throws(StageError) {
        var shared: PacketFolder.SharedContent?
        var failure: StageError?
        for due in [first] + (try leaseSiblings(of: first)) {
            do throws(StageError) {
                guard try !withdrawDeleted(due) else { continue }
                try settle(due) {
                    guard let assignment = try site.catalog.assignment(due.publication.subjectID) else {
                        throw StageError.unexpected("assignment \(due.publication.subjectID) is not there")
                    }
                    try recall(assignment)
                    let built = try PacketFolder(site: site, assignment: assignment)
                        .publish(due.publication, shared: shared)
                    shared = built.shared
                    return built.sha256
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// The packet of an exam that was deleted before it lay there is not made: nobody is to read it any more.
    private func withdrawDeleted(_ due: DuePublication) throws(StageError) -> Bool {
        try StageError.wrap {
            guard let assignment = try site.catalog.assignment(due.publication.subjectID),
                try site.catalog.exam(study: assignment.study) == nil
            else { return false }
            try site.catalog.markWithdrawn(due, owner: leases.owner)
            return true
        }
    }

    /// Where the site does not serve from slow tiers, brings back what the packet shows.
    private func recall(_ assignment: AssignmentRecord) throws {
        guard !site.configuration.storage.serveFromSlow,
            let packet = try site.catalog.latestPacket(study: assignment.study)
        else { return }
        let worker = RecallWorker(site: site, leases: leases)
        for study in [assignment.study] + (try site.catalog.priors(ofPacket: packet.id).map(\.study)) {
            guard let exam = try site.catalog.exam(study: study) else { continue }
            try worker.bringBack(study: study, key: exam.key, reason: "for a packet")
        }
    }

    private func leaseSiblings(of first: DuePublication) throws(StageError) -> [DuePublication] {
        try StageError.wrap {
            try site.catalog.duePublications(leases.request()).filter {
                $0.id != first.id && $0.withdrawn == nil && $0.publication.subject == .packet
                    && $0.publication.name == first.publication.name
            }.compactMap { try site.catalog.lease(publication: $0.id, leases.request()) }
        }
    }

    /// Does it and notes that it is done; or has it tried again later.
    ///
    /// - Parameter publish: Gives nil when something is left to do.
    private func settle(_ due: DuePublication, _ publish: () throws -> SHA256Digest?) throws(StageError) {
        do throws(StageError) {
            guard let sha256 = try StageError.wrap({ try publish() }) else {
                return try StageError.wrap { try site.catalog.giveBack(due, owner: leases.owner) }
            }
            try StageError.wrap {
                try site.catalog.markPublished(
                    due, owner: leases.owner, sha256: sha256, at: site.clock.timestamp)
            }
            let place = due.publication
            site.logger.info("\(place.party)/\(place.kind)/\(place.name): published")
        } catch {
            try postpone(due, error)
            guard error.mayPass else { throw error }
        }
    }

    private func postpone(_ due: DuePublication, _ error: StageError) throws(StageError) {
        let schedule = site.retrySchedule
        let now = site.clock.milliseconds
        try StageError.wrap {
            try site.catalog.postpone(
                due, owner: leases.owner, until: now + schedule.wait(afterFailures: due.attempt), now: now,
                error: error.description)
        }
    }

    /// - Returns: The digest by which it is acknowledged.
    private func publish(_ publication: Publication) throws -> SHA256Digest {
        switch publication.subject {
        case .packet, .delivery, .invoiceDraft: preconditionFailure("these are published otherwise")
        case .invoice: return try InvoiceFiles(site: site).publish(publication)
        case .reportDelivery: return try ReportChangeFolder(site: site).publish(publication)
        case .reportNotice: return try publish(ReportChangeFolder(site: site).notice(publication), publication)
        case .liaison: return try LiaisonFolder(site: site).publish(publication)
        case .notice:
            guard let notice = try site.catalog.notice(publication.subjectID) else {
                throw StageError.unexpected("notice \(publication.subjectID) is not there")
            }
            return try publish(NoticeFile.json(notice), publication)
        case .withdrawal:
            guard let notice = try site.catalog.withdrawalNotice(publication.subjectID) else {
                throw StageError.unexpected("notice \(publication.subjectID) of withdrawals is not there")
            }
            return try publish(WithdrawalNoticeFile.json(notice), publication)
        case .drill:
            guard let drill = try site.catalog.drill(publication.subjectID) else {
                throw StageError.unexpected("restore drill \(publication.subjectID) is not there")
            }
            return try publish(Array(drill.report.utf8), publication)
        case .result:
            guard let determination = try site.catalog.determination(publication.subjectID) else {
                throw StageError.unexpected("determination \(publication.subjectID) is not there")
            }
            return try publish(try resultFile(determination, publication), publication)
        }
    }

    /// The file's ending says its form: all that comes after the exam's key, which has dots of its own, and the version.
    private func resultFile(_ determination: DeterminationRecord, _ publication: Publication) throws -> [UInt8] {
        let ending = String(publication.name.dropFirst("\(determination.examKey).v\(determination.version).".count))
        guard let form = ResultForm(ending: ending) else {
            return try ResultFiles.bytes(determination, ending: ending)
        }
        guard let content = try site.catalog.chartResult(determination: determination.id, party: publication.party)
        else { throw StageError.unexpected("\(publication.party) is told nothing of \(publication.name)") }
        return try ChartResultFiles(site: site).bytes(content, form, of: determination)
    }

    private func publish(_ bytes: [UInt8], _ publication: Publication) throws -> SHA256Digest {
        try Outbox(layout: site.layout).publish(
            bytes, party: publication.party, kind: publication.kind, name: FileName(publication.name))
        return SHA256.digest(of: bytes)
    }
}
