// Weights are exact.

import Testing

@testable import Consensus

@Suite struct WeightTests {
    @Test func decimalsAreExact() throws {
        let sum = try #require(Weight(decimal: "0.1")) + (try #require(Weight(decimal: "0.2")))
        #expect(sum == Weight(decimal: "0.3"))
        #expect(Weight(decimal: "1.0") == .one)
        #expect(Weight(decimal: "-1.5")?.units == -1_500_000_000)
    }

    @Test(arguments: ["", ".5", "1.", "1e3", "1,5", "1000000", "0.1234567891", "--1", "٣"])
    func whatIsNoWeightIsRefused(_ text: String) {
        #expect(Weight(decimal: text) == nil)
    }

    @Test func zerosBeyondBillionthsAreHarmless() {
        #expect(Weight(decimal: "0.500000000000") == Weight(decimal: "0.5"))
    }

    @Test func sharesCompareWithoutRounding() {
        let third = Weight(units: 1)
        #expect(third.isAtLeast(Weight(units: 333_333_333), of: Weight(units: 3)))
        #expect(!third.isAtLeast(Weight(units: 333_333_334), of: Weight(units: 3)))
    }
}
