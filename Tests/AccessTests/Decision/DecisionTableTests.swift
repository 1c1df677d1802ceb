// What each request gets, by purpose, kind, density, right and preference. One line is one case.

import Radiology
import Testing

@testable import Access

struct DecisionTableTests {
    /// What northside gets of its own exam.
    struct Case: Sendable, CustomTestStringConvertible {
        let purpose: String
        let exam: [String]
        let want: String
        /// The answer with `reduce`.
        let reduce: String
        /// The answer with `refuse`; nil for the same.
        let refuse: String?

        init(_ purpose: String, _ exam: [String], _ want: String, _ reduce: String, refuse: String? = nil) {
            self.purpose = purpose
            self.exam = exam
            self.want = want
            self.reduce = reduce
            self.refuse = refuse
        }

        var testDescription: String { "\(purpose) of \(exam): \(want)" }
    }

    @Test(arguments: [
        // Everything, left out or asked for.
        Case("treatment", ["MG"], "", "grant MG @1.0 +processing +reports"),
        Case("treatment", ["MG", "CT"], "", "grant CT MG @1.0 +processing +reports"),
        Case("treatment", ["MG"], "MG @1.0 +processing +reports", "grant MG @1.0 +processing +reports"),
        Case("teaching", ["MG"], "", "grant MG @0.25 -processing -reports"),
        Case("teaching", ["MG", "CT"], "", "grant MG @0.25 -processing -reports"),
        // Less than everything.
        Case("treatment", ["MG", "CT"], "CT", "grant CT @1.0 +processing +reports"),
        Case("treatment", ["MG", "CT"], " ct ", "grant CT @1.0 +processing +reports"),
        Case("treatment", ["MG"], "@0.5 -processing -reports", "grant MG @0.5 -processing -reports"),
        Case("treatment", ["MG", "CT"], "none", "grant none @1.0 +processing +reports"),
        Case("teaching", ["MG"], "@0.1", "grant MG @0.1 -processing -reports"),
        // One part too much.
        Case(
            "teaching", ["MG", "CT"], "MG CT", "reduced MG @0.25 -processing -reports",
            refuse: "kindNotAllowed MG @0.25 -processing -reports"),
        Case(
            "teaching", ["MG"], "@0.5", "reduced MG @0.25 -processing -reports",
            refuse: "densityNotAllowed MG @0.25 -processing -reports"),
        Case(
            "teaching", ["MG"], "@0.250000000000000001", "reduced MG @0.25 -processing -reports",
            refuse: "densityNotAllowed MG @0.25 -processing -reports"),
        Case(
            "teaching", ["MG"], "+processing", "reduced MG @0.25 -processing -reports",
            refuse: "processingNotAllowed MG @0.25 -processing -reports"),
        Case(
            "teaching", ["MG"], "+reports", "reduced MG @0.25 -processing -reports",
            refuse: "reportsNotAllowed MG @0.25 -processing -reports"),
        Case(
            "audit", ["MG"], "@0.4 +reports", "reduced MG @0.4 +processing -reports",
            refuse: "reportsNotAllowed MG @0.4 +processing -reports"),
        // Kinds that the exam lacks are judged by the purpose all the same.
        Case(
            "teaching", ["MG"], "MG CT", "reduced MG @0.25 -processing -reports",
            refuse: "kindNotAllowed MG @0.25 -processing -reports"),
        Case("treatment", ["MG"], "MG CT", "grant MG @1.0 +processing +reports"),
        // Several parts too much: the first reason of the contract's list.
        Case(
            "teaching", ["MG", "CT"], "CT MG @1 +processing +reports", "reduced MG @0.25 -processing -reports",
            refuse: "kindNotAllowed MG @0.25 -processing -reports"),
        Case(
            "teaching", ["MG"], "MG @1 +processing +reports", "reduced MG @0.25 -processing -reports",
            refuse: "densityNotAllowed MG @0.25 -processing -reports"),
        // Nothing remains, so that reducing is no way out.
        Case("teaching", ["MG", "CT"], "CT", "kindNotAllowed MG @0.25 -processing -reports"),
        Case("teaching", ["CT"], "CT", "kindNotAllowed nothing"),
        Case("teaching", ["CT"], "", "kindNotAllowed nothing"),
        Case("teaching", ["CT"], "MG", "kindNotAllowed nothing"),
        Case("treatment", ["MG"], "CT", "notAvailable MG @1.0 +processing +reports"),
        Case("treatment", ["MG"], "none -reports", "notAvailable MG @1.0 +processing -reports"),
        Case("teaching", ["MG"], "none", "reportsNotAllowed MG @0.25 -processing -reports"),
        Case("teaching", ["MG"], "none +reports", "reportsNotAllowed MG @0.25 -processing -reports"),
    ])
    func aRequestGetsWhatItsPurposeAllows(_ row: Case) {
        let exam = Example.exam(row.exam)
        for prefer in ExamRequest.Preference.allCases {
            let expected = prefer == .reduce ? row.reduce : row.refuse ?? row.reduce
            let request = AccessRequest(purpose: row.purpose, want: want(row.want), prefer: prefer)
            #expect(Example.policy.decide(request, for: Example.northside, exam: exam).short == expected)
        }
    }

    @Test func whatWasAskedIsKeptWhereItWasReduced() throws {
        let asked = want("CT MG @1 +processing")
        let request = AccessRequest(purpose: "teaching", want: asked)
        let decision = Example.policy.decide(request, for: Example.northside, exam: Example.exam(["MG", "CT"]))
        let grant = try #require(decision.granted)
        #expect(grant.reducedFrom == asked)
        #expect(grant.reductions == [.kindNotAllowed, .densityNotAllowed, .processingNotAllowed])
        #expect(grant.kinds == ["MG"])
    }

    @Test func theRightsThatNobodyAsksForAreThePurposes() throws {
        let request = AccessRequest(purpose: "audit", want: want("-processing"))
        let decision = Example.policy.decide(request, for: Example.northside, exam: Example.exam())
        let range = try #require(decision.granted).range
        #expect(range.reportInput && !range.deidentified)
        #expect(range.mostRecent == 2)
        #expect(range.forMilliseconds == 604_800_000)
        let teaching = Example.policy.decide(
            AccessRequest(purpose: "teaching"), for: Example.northside, exam: Example.exam())
        #expect(try #require(teaching.granted).range.deidentified)
    }

    @Test func theMessageNamesAllThatIsTooMuch() throws {
        let request = AccessRequest(purpose: "teaching", want: want("CT @1 +processing +reports MG"), prefer: .refuse)
        let denial = try #require(
            Example.policy.decide(request, for: Example.northside, exam: Example.exam(["MG", "CT"])).denied)
        #expect(
            denial.message == "The purpose 'teaching' does not allow images of CT; a pixel density of 1.0, above 0.25; "
                + "image processing (stored pixel values); reports. `wouldBeAllowed` says what it does.")
    }

    @Test(arguments: [(1, true), (2, true), (3, false), (50, false)])
    func onlyTheMostRecentExamsAreGiven(recency: Int, isGiven: Bool) {
        let exam = Example.exam(recency: recency)
        let decision = Example.policy.decide(AccessRequest(purpose: "audit"), for: Example.northside, exam: exam)
        #expect(decision.denied?.reason == (isGiven ? nil : .purposeNotGranted))
        let other = Example.policy.decide(AccessRequest(purpose: "treatment"), for: Example.northside, exam: exam)
        #expect(other.granted != nil)
    }

    @Test(arguments: [(0, true), (2, true), (3, false), (4, false)])
    func aQuotaEnds(given: Int, isGiven: Bool) {
        let decision = Example.policy.decide(
            AccessRequest(purpose: "audit"), for: Example.northside, exam: Example.exam(), givenExamCount: given)
        #expect(
            decision.short
                == (isGiven ? "grant MG @0.5 +processing -reports" : "quotaExceeded MG @0.5 +processing -reports"))
        let unbounded = Example.policy.decide(
            AccessRequest(purpose: "treatment"), for: Example.northside, exam: Example.exam(), givenExamCount: given)
        #expect(unbounded.granted != nil)
    }

    @Test func aQuotaIsSaidAfterWhatIsWrongWithTheRequestItself() {
        let request = AccessRequest(purpose: "audit", want: want("@1"), prefer: .refuse)
        let decision = Example.policy.decide(
            request, for: Example.northside, exam: Example.exam(), givenExamCount: 9)
        #expect(decision.denied?.reason == .densityNotAllowed)
    }

    @Test(arguments: [Example.northside, Example.southside, Example.sato, Example.office])
    func aHoldKeepsTheExamFromEverybody(_ party: AccessParty) {
        let decision = Example.policy.decide(
            AccessRequest(purpose: "treatment"), for: party, exam: Example.exam(isOnHold: true))
        #expect(decision.short == "onHold MG @1.0 +processing +reports")
    }

    @Test func withoutAPurposeTheDefaultOneHolds() {
        let request = AccessRequest(purpose: nil)
        let own = Example.policy.decide(request, for: Example.northside, exam: Example.exam())
        #expect(own.granted?.purpose == "treatment")
        let other = Example.policy.decide(request, for: Example.southside, exam: Example.exam())
        #expect(other.denied?.reason == .purposeUnknown)
    }

    /// Documents are no images: they come with the right to reports, and only then.
    @Test func anExamOfDocumentsGivesWhatReportsGive() {
        let document = HeldImage(modality: "SR", isDocument: true)
        let exam = HeldExam(facility: "northside", patientID: "P-9", images: [document])
        func answer(_ purpose: String, _ wanted: String) -> String {
            let request = AccessRequest(purpose: purpose, want: want(wanted))
            return Example.policy.decide(request, for: Example.northside, exam: exam).short
        }
        #expect(answer("treatment", "") == "grant none @1.0 +processing +reports")
        #expect(answer("treatment", "-reports") == "notAvailable nothing")
        #expect(answer("teaching", "") == "reportsNotAllowed nothing")
    }
}
