// Decides what becomes of one item of a requests drop: a reader who asks for an exam to read, whoever asks for exams to be
// delivered, referrals, the office's `assign`, `hold`, `delete`, `result`, `settle`, `credit` and `debit`.
//
// Reads the catalogue, writes nothing; what an accepted item causes is written in the transaction of its drop. An exam
// that is not there and one that the party may not have get the same answer, `notAvailable`.

internal import Access
internal import Accounting
internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Pipeline
internal import Radiology

struct RequestJudge {
    let site: SiteContext
    let party: Party
    let drop: DropID

    /// What becomes of an item, and what it causes.
    typealias Decision = (facts: ItemFacts, effects: [ItemEffect])

    private struct Refused: Error {
        let reason: String
    }

    private static let notAvailable = "notAvailable: there is no such exam, or it is not for you"

    /// - Parameters:
    ///   - digest: Of the item's content.
    ///   - earlier: What was decided of those before it in the same drop.
    ///   - earlierEffects: What these cause.
    func judge(
        _ item: RequestItem, position: Int, digest: SHA256Digest, earlier: [ItemFacts],
        effects earlierEffects: [ItemEffect] = []
    ) throws -> Decision {
        func facts(_ status: ItemFacts.Status, _ reason: String?) -> ItemFacts {
            ItemFacts(position: position, name: item.id, status: status, reason: reason, sha256: digest)
        }
        let known =
            try site.catalog.acceptedItem(party: party.id, name: item.id)
            ?? earlier.first { $0.name == item.id && $0.status == .accepted }
        if let known {
            guard known.sha256 == digest else {
                return (facts(.refused, "the id \(item.id) was used for another request; take a new one"), [])
            }
            let hindrance = try reasonAgainst(deliveringAgain: item)
            return (facts(.duplicate, hindrance), hindrance == nil ? try again(item) : [])
        }
        do {
            if case .request(let request) = item, !isReading(request) {
                let judged = try LendingJudge(site: site, party: party).judge(
                    request, position: position, earlier: earlier.filter { $0.status == .accepted }.compactMap(\.name))
                return (facts(.accepted, judged.note), [.lend(judged.request)])
            }
            return (facts(.accepted, nil), try effects(of: item, position: position, after: earlierEffects))
        } catch let refused as Refused {
            return (facts(.refused, refused.reason), [])
        } catch let refused as Crediting.Refused {
            return (facts(.refused, refused.description), [])
        } catch let refused as DeletionJudge.Refused {
            return (facts(.refused, refused.reason), [])
        } catch let unclear as AskedExams.Unclear {
            return (facts(.refused, unclear.reason), [])
        }
    }

    /// A reader asks for an exam to read, and gets a packet.
    private func isReading(_ request: ExamRequest) -> Bool {
        request.purpose == AccessPolicy.readingPurpose && party.kind == .reader
    }

    /// What was withdrawn is had again by asking again; what lies there, or was picked up, stays as it is.
    private func again(_ item: RequestItem) throws -> [ItemEffect] {
        switch item {
        case .request(let request) where isReading(request):
            guard case .exam(let reference) = request.subject,
                case .found(let exam) = try ExamLookup(catalog: site.catalog).find(reference)
            else { return [] }
            return try packetsAgain(of: exam, readers: [party.id])
        case .request:
            return try site.catalog.lendingRequests(named: item.id, party: party.id).map { .restore(.delivery, $0.id) }
        case .assign(let order):
            guard case .found(let exam) = try ExamLookup(catalog: site.catalog).find(order.exam) else { return [] }
            return try packetsAgain(of: exam, readers: order.readers)
        case .result(let order):
            guard case .found(let exam) = try ExamLookup(catalog: site.catalog).find(order.exam) else { return [] }
            return try site.catalog.determinations(study: exam.study).last.map { [.restore(.result, $0.id)] } ?? []
        case .credit, .debit, .hold, .delete, .referral, .settle: return []
        }
    }

    /// Why what was granted once is not given a second time; nil when nothing speaks against it.
    private func reasonAgainst(deliveringAgain item: RequestItem) throws -> String? {
        guard case .request(let request) = item, !isReading(request), party.kind != .management else { return nil }
        for earlier in try site.catalog.lendingRequests(named: item.id, party: party.id) {
            for release in try site.catalog.releases(ofRequest: earlier.id) {
                if try site.catalog.isOnHold(study: release.study) {
                    return
                        "onHold: an exam of it is kept by the management office; what was withdrawn does not come again"
                }
                if let until = release.untilSeconds, until <= site.clock.seconds {
                    return "the time for which an exam of it was given is over; send a new request with another id"
                }
            }
        }
        return nil
    }

    private func packetsAgain(of exam: ExamRecord, readers: [String]) throws -> [ItemEffect] {
        try site.catalog.assignments(study: exam.study).filter { readers.contains($0.reader) }
            .map { .restore(.packet, $0.id) }
    }

    private func effects(
        of item: RequestItem, position: Int, after earlier: [ItemEffect]
    ) throws -> [ItemEffect] {
        switch item {
        case .request(let request): return try reading(request)
        case .assign(let order): return try assign(order, after: earlier)
        case .result(let request): return try result(request, after: earlier)
        case .credit(let order):
            try requireOffice("credit")
            return [try NoteJudge(site: site, earlier: earlier).effect(of: order)]
        case .debit(let order):
            try requireOffice("debit")
            return [try NoteJudge(site: site, earlier: earlier).effect(of: order)]
        case .hold(let order): return try hold(order, position: position, after: earlier)
        case .delete(let order): return try delete(order, position: position, after: earlier)
        case .referral(let referral): return try refer(referral, position: position, after: earlier)
        case .settle(let settlement): return try settle(settlement, position: position, after: earlier)
        }
    }

    /// A reader asks for an exam to read.
    private func reading(_ request: ExamRequest) throws -> [ItemEffect] {
        guard case .exam(let reference) = request.subject else {
            throw Refused(reason: "purpose 'reading' takes one exam: name it in `exam`")
        }
        guard case .found(let exam) = try ExamLookup(catalog: site.catalog).find(reference),
            let reading = try readingProtocol(of: exam), reading.readers.contains(party.id),
            site.configuration.reader(party.id, on: site.today) != nil
        else { throw Refused(reason: Self.notAvailable) }
        let own = try site.catalog.assignments(study: exam.study).filter { $0.reader == party.id }
        if let latest = own.max(by: { $0.round < $1.round }) {
            return [
                .publish(
                    Publication(
                        party: party.id, kind: "worklists", name: exam.key, subject: .packet, subjectID: latest.id))
            ]
        }
        return [
            .assign(
                study: exam.study, protocolID: reading.id,
                [
                    NewAssignment(
                        reader: party.id, round: 1, origin: .request, seesReads: !reading.blinded, drop: drop)
                ])
        ]
    }

    /// The office has readers read an exam.
    private func assign(_ order: Radiology.Assignment, after earlier: [ItemEffect]) throws -> [ItemEffect] {
        try requireOffice("assign")
        let exam = try exam(order.exam, after: earlier)
        for reader in order.readers where site.configuration.reader(reader, on: site.today) == nil {
            throw Refused(reason: "'\(reader)' is no reader of parties.yaml today")
        }
        guard let reading = try readingProtocol(of: exam) else {
            throw Refused(reason: "no protocol of reading.yaml is for \(exam.key)")
        }
        let assignments = try site.catalog.assignments(study: exam.study)
        let escalated = try site.catalog.determinations(study: exam.study).last?.status == "escalated"
        // An arbiter's answer comes after all rounds; anybody else reads in the first.
        let round = escalated ? reading.rounds + 1 : 1
        return [
            .assign(
                study: exam.study, protocolID: assignments.first?.protocolID ?? reading.id,
                order.readers.map {
                    NewAssignment(
                        reader: $0, round: round, origin: escalated ? .arbiter : .office,
                        seesReads: escalated ? reading.rule.arbiterSees == .reads : !reading.blinded, drop: drop)
                })
        ] + (try packetsAgain(of: exam, readers: order.readers))
    }

    /// The office wants a result published again; whoever else did not pick it up in time gets it again as well.
    private func result(_ request: ResultRequest, after earlier: [ItemEffect]) throws -> [ItemEffect] {
        try requireOffice("result")
        let exam = try exam(request.exam, after: earlier)
        guard let latest = try site.catalog.determinations(study: exam.study).last else {
            throw Refused(reason: "\(exam.key) has no result yet")
        }
        return ResultFiles.officeEndings.map { ending in
            .publish(
                Publication(
                    party: party.id, kind: "results", name: "\(exam.key).v\(latest.version).\(ending)",
                    subject: .result, subjectID: latest.id))
        } + [.restore(.result, latest.id)]
    }

    /// The office keeps an exam from everybody else, or frees it.
    private func hold(_ order: Hold, position: Int, after earlier: [ItemEffect]) throws -> [ItemEffect] {
        try requireOffice("hold")
        let exam = try exam(order.exam, after: earlier)
        return [.hold(HoldOrder(position: position, study: exam.study, isOn: order.on, reason: order.reason))]
    }

    /// The office has an exam deleted.
    private func delete(_ order: Deletion, position: Int, after earlier: [ItemEffect]) throws -> [ItemEffect] {
        try requireOffice("delete")
        let exam = try exam(order.exam, after: earlier)
        return [.delete(try DeletionJudge(site: site).judge(order, of: exam, position: position, after: earlier))]
    }

    /// The office says whose an exam is that a chart and its images give to different patients.
    private func settle(
        _ settlement: Settlement, position: Int, after earlier: [ItemEffect]
    ) throws -> [ItemEffect] {
        try requireOffice("settle")
        let exam = try exam(settlement.exam, after: earlier)
        let claims = try site.catalog.claims(ofStudy: exam.study)
        guard !claims.patients.isEmpty || claims.isSettled else {
            throw Refused(
                reason: "nothing of \(exam.key) is held: no chart gives it to another patient than its images do")
        }
        let own = site.configuration.facility(exam.facility)?.issuerOfPatientID
        let patient = settlement.patient?.normalized(own: own)
        let images = PatientIdentity(patientID: exam.patientID, issuer: exam.issuer).normalized(own: own)
        let known = Set(claims.patients.map(\.identity) + [images])
        if let patient, !known.contains(patient) {
            let names = known.sorted().map { $0.issuer.isEmpty ? $0.patientID : "\($0.patientID) (\($0.issuer))" }
            throw Refused(
                reason:
                    "\(exam.key) is not claimed for patient \(patient.patientID), but for \(names.joined(separator: ", "))"
            )
        }
        return [
            .settle(
                SettlementOrder(
                    position: position, study: exam.study, patient: patient, reason: settlement.reason))
        ]
    }

    /// A facility, or the office for it, lets another facility ask for an exam.
    private func refer(_ referral: Referral, position: Int, after earlier: [ItemEffect]) throws -> [ItemEffect] {
        let exam = try ownExam(referral.exam, after: earlier)
        guard site.configuration.facility(referral.to) != nil else {
            throw Refused(reason: "there is no facility '\(referral.to)' to refer to")
        }
        guard referral.to != exam.facility else {
            throw Refused(reason: "'\(referral.to)' has its own exams anyway; name another facility in 'to'")
        }
        let known = site.configuration.purposes.map(\.id)
        for purpose in referral.purposes where !known.contains(purpose) {
            throw Refused(
                reason: "there is no purpose '\(purpose)'; purposes are \(known.joined(separator: ", "))")
        }
        return [
            .refer(
                ReferralOrder(
                    position: position, study: exam.study, recipient: referral.to, purposes: referral.purposes,
                    isOn: referral.on, reason: referral.reason))
        ]
    }

    /// An exam of the facility that asks, or any for the office.
    private func ownExam(_ reference: ExamReference, after earlier: [ItemEffect]) throws -> ExamRecord {
        guard party.kind == .facility else {
            try requireOffice("a referral that is not of a facility's own exam")
            return try exam(reference, after: earlier)
        }
        guard reference.facility == nil || reference.facility == party.id else {
            throw Refused(reason: Self.notAvailable)
        }
        return try exam(
            ExamReference(
                facility: party.id, accessionNumber: reference.accessionNumber,
                studyInstanceUID: reference.studyInstanceUID), after: earlier)
    }

    private func requireOffice(_ type: String) throws {
        guard party.kind == .management else {
            throw Refused(reason: "\(type) is the management office's to ask for")
        }
    }

    /// - Parameter earlier: What items before it in the same drop cause.
    private func exam(_ reference: ExamReference, after earlier: [ItemEffect]) throws -> ExamRecord {
        let lookup = ExamLookup(catalog: site.catalog)
        switch try lookup.find(reference) {
        case .found(let exam):
            guard !earlier.deletes(exam.study) else {
                throw Refused(
                    reason: "notAvailable: \(exam.key) is deleted by an order before this one in the same drop")
            }
            return exam
        case .absent:
            guard let gone = try lookup.deleted(reference), let at = gone.deletedAt else {
                throw Refused(reason: Self.notAvailable)
            }
            throw Refused(reason: "notAvailable: \(gone.key) was deleted on \(at.prefix(10))")
        case .ambiguous: throw Refused(reason: "several exams fit; name the facility")
        case .contradiction(let reason): throw Refused(reason: reason)
        }
    }

    private func readingProtocol(of exam: ExamRecord) throws -> ReadingProtocol? {
        try ExamFacts(exam, series: try site.catalog.series(ofStudy: exam.study))
            .readingProtocol(of: site.configuration.protocols)
    }
}
