// For whom an exam is there, and for which purposes. What is not there for somebody cannot be told from what is nowhere.

import Testing

@testable import Access

struct VisibilityTests {
    @Test(
        arguments: [
            (Example.northside, "treatment", nil), (Example.northside, "teaching", nil),
            (Example.northside, "audit", nil),
            (Example.northside, "research", .purposeUnknown), (Example.northside, "reading", .purposeNotGranted),
            // Shared for treatment; teaching is among its purposes, and not among those of the rule.
            (Example.southside, "treatment", nil), (Example.southside, "teaching", .purposeNotGranted),
            (Example.southside, "audit", .purposeNotGranted),
            (Example.westside, "teaching", nil), (Example.westside, "treatment", .purposeNotGranted),
            (Example.eastside, "treatment", .notAvailable), (Example.eastside, "research", .purposeUnknown),
            (Example.sato, "treatment", nil), (Example.ito, "teaching", nil),
            (Example.weber, "treatment", .notAvailable),
            (Example.office, "audit", nil), (Example.office, "research", .purposeUnknown),
            (Example.charts, "treatment", .notAvailable),
        ] as [(AccessParty, String, Denial.Reason?)])
    func whoMayHaveAnExam(_ party: AccessParty, _ purpose: String, _ reason: Denial.Reason?) {
        let decision = Example.policy.decide(AccessRequest(purpose: purpose), for: party, exam: Example.exam())
        #expect(decision.denied?.reason == reason, "\(party.id) for \(purpose): \(decision.short)")
    }

    @Test(arguments: [("P-9", true), ("P-8", false), ("p-9", false), ("", false), (nil, false)] as [(String?, Bool)])
    func aRuleForNamedPatientsIsForThem(_ patient: String?, _ isThere: Bool) {
        let exam = Example.exam(patient: patient)
        let decision = Example.policy.decide(AccessRequest(purpose: "teaching"), for: Example.westside, exam: exam)
        #expect(decision.denied?.reason == (isThere ? nil : .notAvailable))
    }

    @Test func aRuleForAllPatientsIsForThoseWithoutAnIdToo() {
        let exam = Example.exam(patient: nil)
        let decision = Example.policy.decide(AccessRequest(purpose: "treatment"), for: Example.southside, exam: exam)
        #expect(decision.granted != nil)
    }

    @Test func sharingGoesOneWay() {
        let exam = HeldExam(facility: "southside", patientID: "P-9", images: [HeldImage(modality: "MG")])
        let decision = Example.policy.decide(AccessRequest(purpose: "treatment"), for: Example.northside, exam: exam)
        #expect(decision.denied?.reason == .notAvailable)
    }

    @Test func aRuleIsForTheExamsOfItsFacilityAlone() {
        let exam = HeldExam(facility: "eastside", patientID: "P-9", images: [HeldImage(modality: "MG")])
        let request = AccessRequest(purpose: "treatment")
        let decision = Example.policy.decide(request, for: Example.southside, exam: exam)
        #expect(decision == Example.policy.decide(request, for: Example.southside, exam: nil))
    }

    /// A rule none of whose purposes is the facility's opens nothing, and so the exam is not there.
    @Test func aRuleForPurposesThatOneHasNotIsNone() {
        let party = AccessParty(id: "southside", role: .facility, purposes: .only(["teaching"]))
        let request = AccessRequest(purpose: "teaching")
        let decision = Example.policy.decide(request, for: party, exam: Example.exam())
        #expect(decision == Example.policy.decide(request, for: party, exam: nil))
        #expect(decision.denied?.reason == .notAvailable)
    }

    @Test func severalRulesAddUp() {
        let more = SharedExams(
            from: "northside", to: "southside", purposes: .only(["teaching"]), patients: .only(["P-9"]))
        let policy = AccessPolicy(purposes: Example.policy.purposes, sharing: Example.policy.sharing + [more])
        let request = AccessRequest(purpose: "teaching")
        #expect(policy.decide(request, for: Example.southside, exam: Example.exam()).granted != nil)
        let other = policy.decide(request, for: Example.southside, exam: Example.exam(patient: "P-8"))
        #expect(other.denied?.reason == .purposeNotGranted)
    }

    @Test(arguments: [ExamFault.absent, .foreign, .held, .old])
    func whatIsNotYoursIsNowhere(_ fault: ExamFault) {
        for wanted in ["", "MG", "CT @1 +processing +reports", "none"] {
            let request = AccessRequest(purpose: "treatment", want: want(wanted), prefer: .refuse)
            let expected = Example.policy.decide(request, for: Example.eastside, exam: nil)
            #expect(Example.policy.decide(request, for: Example.eastside, exam: fault.exam) == expected)
        }
    }

    enum ExamFault: Sendable {
        case absent, foreign, held, old

        var exam: HeldExam? {
            switch self {
            case .absent: nil
            case .foreign: Example.exam()
            case .held: Example.exam(["CT"], isOnHold: true)
            case .old: Example.exam(recency: 99)
            }
        }
    }

    @Test func notAvailableSaysWhatThePurposeAllowsOfAnyExam() {
        let request = AccessRequest(purpose: "teaching", want: want("MG CT @1 +reports"))
        let party = AccessParty(id: "x", role: .facility, purposes: .all)
        #expect(
            Example.policy.decide(request, for: party, exam: nil).short == "notAvailable MG @0.25 -processing -reports")
        let all = Example.policy.decide(AccessRequest(purpose: "treatment"), for: party, exam: nil)
        #expect(all.short == "notAvailable all @1.0 +processing +reports")
        let none = AccessRequest(purpose: "teaching", want: want("CT"))
        #expect(
            Example.policy.decide(none, for: party, exam: nil).short
                == "notAvailable CR DX MG @0.25 -processing -reports")
    }

    @Test func aBlindReaderGetsNoReportsUntilTheOwnReadIsSealed() throws {
        let request = AccessRequest(purpose: "treatment")
        let blind = Example.policy.decide(request, for: Example.ito, exam: Example.exam())
        #expect(blind.short == "grant MG @1.0 +processing -reports")
        let asked = AccessRequest(purpose: "treatment", want: want("+reports"), prefer: .refuse)
        let denial = try #require(Example.policy.decide(asked, for: Example.ito, exam: Example.exam()).denied)
        #expect(denial.reason == .reportsNotAllowed)
        #expect(denial.message.contains("not sealed yet"))
        let free = Example.policy.decide(request, for: Example.sato, exam: Example.exam())
        #expect(free.short == "grant MG @1.0 +processing +reports")
    }

    @Test func aPurposeThatIsNotOnesOwnNamesThoseThatAre() throws {
        let denial = try #require(
            Example.policy.decide(AccessRequest(purpose: "audit"), for: Example.southside, exam: nil).denied)
        #expect(denial.message == "The purpose 'audit' is not granted to you. Yours are: treatment, teaching.")
        #expect(denial.wouldBeAllowed == nil)
        let unknown = try #require(
            Example.policy.decide(AccessRequest(purpose: "tretment"), for: Example.westside, exam: nil).denied)
        #expect(unknown.message == "There is no purpose 'tretment'. Yours are: teaching.")
    }
}
