// Decides what becomes of one report: whose exam it is of, whether its party may send it in, and its place in its chain.
//
// Reads the catalogue, writes nothing. A facility sends reports in for its own exams, for a purpose that it has and that
// gives report input, and for those of others that it was given with that right, while that lasts. A reader sends them in for
// exams that it was assigned. An exam that is not there and one that is not the party's get the same answer.

internal import Access
internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Pipeline
internal import Radiology

struct ReportJudge {
    let site: SiteContext
    let party: Party

    struct Refused: Error {
        let reason: String
    }

    /// Where a report belongs.
    struct Place {
        /// nil while there is no such exam.
        let exam: ExamRecord?
        /// The facility whose exam it is, or is to be.
        let facility: String
        let purpose: String?
    }

    static let notAvailable = "notAvailable: there is no such exam, or it is not for you to report on"

    // MARK: Its exam and its right

    /// - Throws: `Refused`.
    func place(_ reference: ExamReference, purpose: String?) throws -> Place {
        switch party.kind {
        case .facility: try placeOfFacility(reference, purpose: purpose)
        case .reader: try placeOfReader(reference, purpose: purpose)
        case .management, .chartSystem: throw Refused(reason: "\(party.id) may not send reports in")
        }
    }

    private func placeOfFacility(_ reference: ExamReference, purpose: String?) throws -> Place {
        let owner = reference.facility ?? party.id
        let asker = site.configuration.accessParty(party, on: site.today)
        guard owner == party.id else {
            guard case .found(let exam) = try ExamLookup(catalog: site.catalog).find(reference),
                let right = try site.catalog.reportRight(
                    study: exam.study, party: party.id, purpose: purpose, now: site.clock.seconds)
            else { throw Refused(reason: Self.notAvailable) }
            guard right.isOpen else {
                throw Refused(
                    reason:
                        "reportsNotAllowed: \(exam.key) was given to you for \(right.purposes.joined(separator: ", "))"
                        + " without the right to send a report in, or that right has ended")
            }
            return Place(exam: exam, facility: owner, purpose: purpose ?? right.purposes.first)
        }
        let exam = try found(reference, in: owner)
        let held = HeldExam(facility: owner, patientID: nil, images: [])
        let refusal = site.configuration.accessPolicy.refusalOfReport(
            purpose: purpose, from: asker, exam: held, releasedAt: site.clock.milliseconds, now: site.clock.milliseconds
        )
        if let refusal { throw Refused(reason: "\(refusal.reason.rawValue): \(refusal.message)") }
        return Place(exam: exam, facility: owner, purpose: purpose ?? asker.defaultPurpose)
    }

    private func placeOfReader(_ reference: ExamReference, purpose: String?) throws -> Place {
        guard site.configuration.reader(party.id, on: site.today) != nil else {
            throw Refused(reason: "\(party.id) is no reader of parties.yaml today")
        }
        if let purpose, purpose != AccessPolicy.readingPurpose {
            guard let known = site.configuration.accessPolicy.purpose(purpose) else {
                throw Refused(reason: "purposeUnknown: there is no purpose '\(purpose)'")
            }
            guard known.range.reportInput else {
                throw Refused(reason: "reportsNotAllowed: the purpose '\(purpose)' gives no right to send a report in")
            }
        }
        var query = ExamSearch()
        query.facility = reference.facility
        query.accessionNumber = reference.accessionNumber
        query.studyInstanceUID = reference.studyInstanceUID
        var mine: [ExamRecord] = []
        try site.catalog.forEachExam(query) { mine.append($0) }
        mine = try mine.filter { exam in
            try site.catalog.assignments(study: exam.study).contains { $0.reader == party.id }
        }
        guard mine.count < 2 else { throw Refused(reason: "several exams fit; name the facility") }
        if let exam = mine.first { return Place(exam: exam, facility: exam.facility, purpose: purpose) }
        guard let facility = reference.facility else { throw Refused(reason: Self.notAvailable) }
        return Place(exam: nil, facility: facility, purpose: purpose)
    }

    private func found(_ reference: ExamReference, in facility: String) throws -> ExamRecord? {
        switch try ExamLookup(catalog: site.catalog).find(reference, facility: facility) {
        case .found(let exam): return exam
        case .absent: return nil
        case .ambiguous: throw Refused(reason: "several exams fit; name the study UID too")
        case .contradiction(let reason): throw Refused(reason: reason)
        }
    }

    /// Who wrote it: a reader sends in only what is its own.
    func author(_ named: String?) throws -> String {
        guard let named else { return party.id }
        let entries = site.configuration.readers.filter { $0.id == named || $0.personName == named || $0.name == named }
        let author = entries.first?.id ?? named
        guard party.kind != .reader || author == party.id else {
            throw Refused(reason: "the author is '\(named)', and the report was sent in by \(party.id)")
        }
        return author
    }

    // MARK: Its place in its chain

    /// The version of a report that supersedes another; 1 of one that does not.
    ///
    /// - Parameter others: The exam's reports, and those before it in the same drop.
    /// - Throws: `Refused`.
    func version(of facts: ReportFacts, among others: [ReportFacts]) throws -> Int {
        guard let earlierDigest = facts.supersedes else { return 1 }
        let earlier = others.first { $0.digest == earlierDigest && $0.state == .accepted && isOwn($0) }
        guard let earlier else {
            throw Refused(
                reason: "supersedes \(earlierDigest.hex): that is no report of this exam that you sent in or wrote")
        }
        if var newest = successor(of: earlier, in: others) {
            while let next = successor(of: newest, in: others) { newest = next }
            throw Refused(
                reason:
                    "supersedes \(earlierDigest.hex): that was superseded already; the newest is \(newest.digest.hex)")
        }
        return earlier.version + 1
    }

    private func successor(of report: ReportFacts, in others: [ReportFacts]) -> ReportFacts? {
        others.first { $0.supersedes == report.digest && $0.state == .accepted }
    }

    /// Whether the party sent a report in, or wrote it.
    func isOwn(_ report: ReportFacts) -> Bool {
        report.state != .refused && (report.party == party.id || (party.kind == .reader && report.author == party.id))
    }
}
