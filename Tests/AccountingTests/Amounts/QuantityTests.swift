// Printed quantities: rounded half away from zero, read back, and multiplied again by who receives them.

import Testing

@testable import Accounting

@Suite struct QuantityTests {
    @Test(arguments: [
        (Int128(1), Int128(3), 3, "0.333"), (2, 3, 3, "0.667"), (1, 2, 0, "1"), (-1, 2, 0, "-1"), (-5, 4, 1, "-1.3"),
        (0, 7, 2, "0.00"),
    ])
    func fractionsAreRoundedHalfAwayFromZero(numerator: Int128, over: Int128, scale: Int, text: String) {
        #expect(Quantity(rounding: numerator, over: over, scale: scale)?.description == text)
    }

    @Test func whatSixtyFourBitsDoNotHoldIsNone() {
        #expect(Quantity(rounding: Int128(Int64.max) + 1, over: 1, scale: 0) == nil)
        #expect(Quantity(rounding: Int128.max, over: 1, scale: 18) == nil)
    }

    @Test(arguments: ["12.345", "-1", "0.50", "900"])
    func whatIsWrittenIsReadBack(text: String) { #expect(Quantity(text)?.description == text) }

    @Test(arguments: ["", "-", "1.", ".5", "+1", "1e3", "1.2.3", "99999999999999999999"])
    func whatIsNoDecimalIsNone(text: String) { #expect(Quantity(text) == nil) }

    @Test func aRoundedQuantityMayMissTheAmount() throws {
        let euro = Currency("EUR")
        let third = try #require(Quantity("0.333"))
        let price = try #require(Price(unscaled: 90_000, scale: 2))
        #expect(!third.times(price, isAbout: Money(minorUnits: 30_000, currency: euro)))
        #expect(third.times(price, isAbout: Money(minorUnits: 29_970, currency: euro)))
    }
}
