import Testing

@testable import Access

struct PolicyBasisTests {
    private static func lines(_ policy: AccessPolicy, _ party: AccessParty = Example.southside) throws -> [String] {
        let request = AccessRequest(purpose: "treatment")
        return try #require(policy.decide(request, for: party, exam: Example.exam()).granted).basis.lines
    }

    @Test func whatDidNotDecideChangesNothing() throws {
        let policy = Example.policy
        let other = AccessPolicy(
            purposes: [Example.treatment],
            sharing: policy.sharing.reversed() + [
                SharedExams(from: "northside", to: "southside", purposes: .only(["teaching"]), patients: .all)
            ])
        #expect(try Self.lines(policy) == Self.lines(other))
    }

    @Test func sharingThatDecidedIsPartOfIt() throws {
        #expect(try Self.lines(Example.policy, Example.northside).count == 1)
        #expect(try Self.lines(Example.policy).count == 2)
        let narrower = SharedExams(
            from: "northside", to: "southside", purposes: .only(["treatment"]), patients: .only(["P-9"]))
        let policy = AccessPolicy(purposes: Example.policy.purposes, sharing: [narrower])
        #expect(try Self.lines(policy) != Self.lines(Example.policy))
    }

    /// Every part of a purpose changes its line: two that differ in one part are told apart.
    @Test func everyPartOfThePurposeIsInIt() {
        let ranges = [
            AvailableRange(), AvailableRange(kinds: ImageKinds(modalities: .only([]))),
            AvailableRange(kinds: ImageKinds(modalities: .only(["CT"]))),
            AvailableRange(kinds: ImageKinds(modalities: .only(["CT", "MG"]))),
            AvailableRange(kinds: ImageKinds(imageTypes: [ImageTypePattern("CT")])),
            AvailableRange(kinds: ImageKinds(seriesDescriptions: [DescriptionPattern("CT")])),
            AvailableRange(kinds: ImageKinds(keyImagesOnly: true)),
            AvailableRange(pixelDensity: Example.density("0.5")),
            AvailableRange(imageProcessing: true), AvailableRange(reports: true), AvailableRange(reportInput: true),
            AvailableRange(mostRecent: 1), AvailableRange(forMilliseconds: 1), AvailableRange(deidentified: true),
        ]
        let purposes =
            ranges.map { Purpose(id: "p", range: $0) } + [
                Purpose(id: "q", range: AvailableRange()), Purpose(id: "p", code: "p", range: AvailableRange()),
                Purpose(id: "p", range: AvailableRange(), quota: ExamQuota(examCount: 1, withinMilliseconds: 1)),
            ]
        let lines = Set(purposes.map { PolicyBasis(purpose: $0, sharing: []).lines })
        #expect(lines.count == purposes.count)
    }
}
