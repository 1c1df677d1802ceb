// Decides about the exams of a request, each by itself.
//
// Invariant: the same facts and rules give the same decisions; an exam that is not there is decided like one that is not the
// party's. Reads the catalogue, writes nothing: decisions are stored by whoever asked for them, in one transaction with
// a check that the count they rest on still holds.

internal import Access
internal import Catalog
internal import Configuration
internal import Files
internal import Interchange
internal import Radiology

struct LendingDecider {
    let site: SiteContext
    let party: Party
    let request: AccessRequest
    private let policy: AccessPolicy
    private let access: AccessParty
    private let standing: ExamStanding
    private let policyVersion: String

    /// Decisions, and the count of exams given that they were made on.
    typealias Decided = (decisions: [LendingDecision], given: GivenExams?)

    init(site: SiteContext, party: Party, request: AccessRequest) {
        self.site = site
        self.party = party
        self.request = request
        policy = site.configuration.accessPolicy(for: party.id)
        access = site.configuration.accessParty(party, on: site.today)
        standing = ExamStanding(site: site, party: party)
        policyVersion = policy.version
    }

    private var purpose: Purpose? { policy.purposes.first { $0.id == request.purpose } }

    /// Whether decisions depend on how many exams the party was given before.
    var countsExams: Bool { purpose?.quota != nil }

    func decide(_ exams: [RequestedExam]) throws -> Decided {
        let given = try givenExams()
        var count = given?.count ?? 0
        let decisions = try exams.map { exam in
            let decision = policy.decide(request, for: access, exam: try held(exam), givenExamCount: count)
            if decision.granted != nil { count += 1 }
            return try stored(decision, exam)
        }
        return (decisions, given)
    }

    private func held(_ exam: RequestedExam) throws -> HeldExam? {
        guard let study = exam.study, let record = try site.catalog.exam(study: study) else { return nil }
        // What the rules look at first is looked up first: a foreign exam costs no more than one that is not there.
        let outline = try standing.outline(of: record)
        guard policy.isThere(outline, for: access), purpose != nil else { return outline }
        return try standing.facts(of: record, ranksMatter: purpose?.range.mostRecent != nil)
    }

    private func givenExams() throws -> GivenExams? {
        guard let purpose, let quota = purpose.quota else { return nil }
        let since = site.clock.seconds - quota.withinMilliseconds / 1000
        return GivenExams(
            purpose: purpose.id, sinceSeconds: since,
            count: try site.catalog.givenExamCount(party: party.id, purpose: purpose.id, sinceSeconds: since))
    }

    private func stored(
        _ decision: AccessDecision, _ exam: RequestedExam, deletedAt: String? = nil
    ) throws -> LendingDecision {
        switch decision {
        case .grant(let grant):
            guard let study = exam.study else { throw StageError.unexpected("\(exam.key): granted, and not there") }
            return LendingDecision(
                position: exam.position,
                outcome: .grant(
                    study: study, granted: try StoredJSON.text(StoredRange(grant.range)),
                    reducedFrom: try grant.reducedFrom.map { try StoredJSON.text(StoredWish($0)) }),
                policyVersion: grant.basis.version)
        case .denial(let denial):
            return LendingDecision(
                position: exam.position,
                outcome: .denial(
                    reason: denial.reason.rawValue, message: try message(denial, of: exam, deletedAt: deletedAt),
                    wouldBeAllowed: try denial.wouldBeAllowed.map {
                        try StoredJSON.text(
                            StoredWish($0, only: purpose.flatMap { ImageLimits($0.range.kinds) }))
                    }),
                policyVersion: policyVersion)
        }
    }

    /// The denial of an exam that was granted, and deleted before it was given.
    func denial(of exam: RequestedExam, deletedAt: String) throws -> LendingDecision {
        let decision = policy.decide(request, for: access, exam: nil, givenExamCount: 0)
        return try stored(decision, exam, deletedAt: deletedAt)
    }

    /// Whose exam it was learns that it was deleted.
    private func message(_ denial: Denial, of exam: RequestedExam, deletedAt: String?) throws -> String {
        guard denial.reason == .notAvailable, let study = exam.study,
            let record = try site.catalog.exam(study: study, evenDeleted: true),
            let at = deletedAt ?? record.deletedAt,
            let note = DeletedExamNote(site: site).text(record, deletedAt: at, for: party.id)
        else { return denial.message }
        return "\(denial.message) \(note)"
    }
}
