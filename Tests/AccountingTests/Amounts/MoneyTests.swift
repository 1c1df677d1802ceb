import Testing

@testable import Accounting

struct MoneyTests {
    private static let euro = Currency("EUR")

    @Test(arguments: [
        (450, "EUR", "4.50"), (-5, "EUR", "-0.05"), (0, "EUR", "0.00"), (100, "EUR", "1.00"), (450, "JPY", "450"),
        (-1, "JPY", "-1"), (1, "BHD", "0.001"), (1234, "BHD", "1.234"), (12345, "CLF", "1.2345"),
        (Int64.max, "EUR", "92233720368547758.07"),
    ])
    func anAmountHasTheDecimalsOfItsCurrency(minorUnits: Int64, code: String, expected: String) {
        #expect(Money(minorUnits: minorUnits, currency: Currency(code)).text == expected)
    }

    @Test(
        arguments: [
            (1, 2, 1), (-1, 2, -1), (1, -2, -1), (3, 2, 2), (-3, 2, -2), (5, 2, 3), (49, 100, 0), (-49, 100, 0),
            (50, 100, 1),
            (149, 100, 1), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (0, 7, 0), (10, 5, 2),
        ] as [(Int128, Int128, Int64)])
    func halvesAreRoundedAwayFromZero(_ numerator: Int128, _ denominator: Int128, _ expected: Int64) throws {
        let money = try Money(rounding: numerator, over: denominator, currency: Self.euro)
        #expect(money.minorUnits == expected)
    }

    /// Against exact arithmetic by multiplication: no other whole number is nearer, and a half goes outward.
    @Test func theNearestAmountIsTaken() throws {
        var state: UInt64 = 88_172_645_463_325_252
        for _ in 0..<5000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let numerator = Int128(Int64(bitPattern: state) >> 20)
            let denominator = Int128(state % 2000 + 1)
            let minorUnits = try Money(rounding: numerator, over: denominator, currency: Self.euro).minorUnits
            let distance = (Int128(minorUnits) * denominator - numerator)
            #expect(distance.magnitude * 2 <= denominator.magnitude)
            if distance.magnitude * 2 == denominator.magnitude { #expect((distance > 0) == (numerator > 0)) }
        }
    }

    @Test func whatDoesNotFitIsSaid() throws {
        #expect(throws: AccountingError.tooLarge(currency: "EUR")) {
            try Money(rounding: .max, over: 1, currency: Self.euro)
        }
        #expect(throws: AccountingError.tooLarge(currency: "EUR")) {
            try Money(rounding: .min, over: -1, currency: Self.euro)
        }
        let most = Money(minorUnits: .max, currency: Self.euro)
        #expect(throws: AccountingError.tooLarge(currency: "EUR")) {
            try most.adding(Money(minorUnits: 1, currency: Self.euro))
        }
        #expect(throws: AccountingError.mixedCurrencies("EUR", "JPY")) { try most.adding(.zero(Currency("JPY"))) }
        #expect(try most.subtracting(most) == .zero(Self.euro))
    }

    @Test(
        arguments: [
            (450, 2, "EUR", 450, "4.50"), (4505, 3, "EUR", 451, "4.505"), (4504, 3, "EUR", 450, "4.504"),
            (5, 3, "EUR", 1, "0.005"), (4, 3, "EUR", 0, "0.004"), (100, 0, "JPY", 100, "100"),
            (995, 1, "JPY", 100, "99.5"),
            (994, 1, "JPY", 99, "99.4"), (12345, 4, "BHD", 1235, "1.2345"), (1, 18, "EUR", 0, "0.000000000000000001"),
        ] as [(Int64, Int, String, Int64, String)])
    func aPriceBecomesMoneyOnce(_ unscaled: Int64, _ scale: Int, _ code: String, _ minor: Int64, _ text: String) throws
    {
        let price = try #require(Price(unscaled: unscaled, scale: scale))
        #expect(try price.amount(in: Currency(code)).minorUnits == minor)
        #expect(price.description == text)
    }

    @Test func aPriceOfManyIsRoundedAfterAll() throws {
        let price = try #require(Price(unscaled: 4, scale: 3))
        #expect(try price.amount(of: 1000, in: Self.euro).text == "4.00")
        let high = try #require(Price(unscaled: 999_999_999_999_999_999, scale: 0))
        #expect(throws: AccountingError.tooLarge(currency: "EUR")) { try high.amount(in: Self.euro) }
        #expect(Price(unscaled: -1, scale: 0) == nil)
        #expect(Price(unscaled: 1, scale: 19) == nil)
    }
}
