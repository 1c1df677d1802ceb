// Who may send a report in, and for how long.

import Testing

@testable import Access

struct ReportInputTests {
    private static let week: Int64 = 604_800_000

    private static func refusal(
        _ party: AccessParty, _ purpose: String?, releasedAt: Int64? = nil, now: Int64 = 0,
        exam: HeldExam? = Example.exam()
    ) -> Denial? {
        Example.policy.refusalOfReport(purpose: purpose, from: party, exam: exam, releasedAt: releasedAt, now: now)
    }

    @Test func thePurposeGivesTheRight() {
        #expect(Self.refusal(Example.northside, "treatment") == nil)
        #expect(Self.refusal(Example.northside, nil) == nil)
        #expect(Self.refusal(Example.southside, "treatment") == nil)
        #expect(Self.refusal(Example.ito, "treatment") == nil)
        #expect(Self.refusal(Example.northside, "teaching")?.reason == .reportsNotAllowed)
        #expect(Self.refusal(Example.southside, "teaching")?.reason == .purposeNotGranted)
        #expect(Self.refusal(Example.northside, "research")?.reason == .purposeUnknown)
    }

    @Test func anExamThatIsNotYoursIsNowhere() {
        let denial = Self.refusal(Example.eastside, "treatment")
        #expect(denial?.reason == .notAvailable)
        #expect(denial == Self.refusal(Example.eastside, "treatment", exam: nil))
    }

    /// A hold keeps from delivery and deletion, not from reporting.
    @Test func aHoldIsNoReason() {
        #expect(Self.refusal(Example.northside, "treatment", exam: Example.exam(isOnHold: true)) == nil)
    }

    @Test(arguments: [(0, true), (week - 1, true), (week, false), (week * 9, false)])
    func aRightForATimeRunsFromTheDelivery(elapsed: Int64, isAllowed: Bool) {
        let denial = Self.refusal(Example.northside, "audit", releasedAt: 1000, now: 1000 + elapsed)
        #expect(denial?.reason == (isAllowed ? nil : .reportsNotAllowed))
        if !isAllowed { #expect(denial?.message.contains("lasts 7d from the delivery") == true) }
    }

    @Test func aRightForATimeNeedsADelivery() {
        #expect(Self.refusal(Example.northside, "audit")?.reason == .reportsNotAllowed)
    }

    @Test func aGrantSaysWhenItEnds() throws {
        let audit = Example.policy.decide(AccessRequest(purpose: "audit"), for: Example.northside, exam: Example.exam())
        #expect(try #require(audit.granted).ends(releasedAt: 1000) == 1000 + Self.week)
        let treatment = Example.policy.decide(AccessRequest(purpose: nil), for: Example.northside, exam: Example.exam())
        #expect(try #require(treatment.granted).ends(releasedAt: 1000) == nil)
    }
}
