// UIDs of derived instances: the same for the same terms, others for others, always valid.

import Testing

@testable import DICOM

@Suite struct DerivedUIDTests {
    private func terms(
        recipient: String = "southside", policy: String = "p1", density: Double = 0.5, form: String = "stored"
    ) -> DerivedUID.Terms {
        DerivedUID.Terms(
            recipient: recipient, policyVersion: policy, density: density, form: form, isDeidentified: false)
    }

    @Test func theSameEveryTime() {
        #expect(DerivedUID(terms()).made(.instance, from: "1.2.3") == "2.25.218390604822079103849304770723920179283")
    }

    @Test func everyTermCounts() {
        let makers =
            [
                terms(), terms(recipient: "eastside"), terms(policy: "p2"), terms(density: 0.25),
                terms(form: "rendered"),
            ].map { DerivedUID($0) } + [DerivedUID(terms(), secret: "s")]
        let made = makers.flatMap { [$0.made(.instance, from: "1.2.3"), $0.made(.series, from: "1.2.3")] }
        #expect(Set(made).count == makers.count * 2)
    }

    @Test func termsDoNotRunTogether() {
        let left = DerivedUID(terms(recipient: "a\n1:b", policy: "c"))
        let right = DerivedUID(terms(recipient: "a", policy: "b\nc"))
        #expect(left.made(.instance, from: "1.2") != right.made(.instance, from: "1.2"))
    }

    @Test func aStandInDependsOnTheRecipientAlone() {
        let first = DerivedUID(terms()).standIn(.study, for: "1.2.3")
        #expect(DerivedUID(terms(policy: "p2", density: 0.25)).standIn(.study, for: "1.2.3") == first)
        #expect(DerivedUID(terms(recipient: "eastside")).standIn(.study, for: "1.2.3") != first)
        #expect(DerivedUID(terms()).standIn(.other, for: "1.2.3") != first)
    }

    @Test func noPseudonymWithoutASecret() {
        #expect(DerivedUID(terms()).pseudonym(of: ["", "P-1"]) == nil)
        let named = DerivedUID(terms(), secret: "s").pseudonym(of: ["", "P-1"])
        #expect(named?.count == 16)
        #expect(named != DerivedUID(terms(), secret: "t").pseudonym(of: ["", "P-1"]))
    }
}
