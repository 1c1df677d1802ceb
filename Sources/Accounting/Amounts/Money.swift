// Money owns amounts: whole numbers of a currency's minor units.
//
// Invariant: never a binary fraction. What does not fit throws; what is no whole minor unit is rounded once, half away
// from zero (contract, section 6), where it becomes an amount.

/// An amount of money.
package struct Money: Codable, Hashable, Sendable, CustomStringConvertible {
    /// Cents for EUR, yen for JPY, fils for BHD.
    package let minorUnits: Int64
    package let currency: Currency

    package init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    package static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

    /// The amount nearest to a fraction of minor units, half away from zero.
    ///
    /// - Parameter denominator: Not 0.
    /// - Throws: `.tooLarge`.
    package init(rounding numerator: Int128, over denominator: Int128, currency: Currency) throws(AccountingError) {
        precondition(denominator != 0, "an amount is divided by nothing")
        let isNegative = (numerator < 0) != (denominator < 0)
        let parts = numerator.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
        let isUp = parts.remainder >= denominator.magnitude - parts.remainder
        let (magnitude, isTooLarge) = parts.quotient.addingReportingOverflow(isUp ? 1 : 0)
        guard !isTooLarge, magnitude <= UInt128(Int64.max) else { throw .tooLarge(currency: currency.code) }
        self.init(minorUnits: isNegative ? -Int64(magnitude) : Int64(magnitude), currency: currency)
    }

    /// - Throws: `.mixedCurrencies`, `.tooLarge`.
    package func adding(_ other: Money) throws(AccountingError) -> Money {
        guard currency == other.currency else { throw .mixedCurrencies(currency.code, other.currency.code) }
        let (sum, isTooLarge) = minorUnits.addingReportingOverflow(other.minorUnits)
        guard !isTooLarge, sum != .min else { throw .tooLarge(currency: currency.code) }
        return Money(minorUnits: sum, currency: currency)
    }

    /// - Throws: `.mixedCurrencies`, `.tooLarge`.
    package func subtracting(_ other: Money) throws(AccountingError) -> Money { try adding(other.negated) }

    package var negated: Money { Money(minorUnits: minorUnits == .min ? .max : -minorUnits, currency: currency) }

    /// As a decimal with all the decimals of its currency: `4.50`, `-0.05`, `450`.
    package var text: String {
        let exponent = currency.exponent
        let digits = String(minorUnits.magnitude)
        let padded = String(repeating: "0", count: max(0, exponent + 1 - digits.count)) + digits
        let fraction = exponent == 0 ? "" : "." + padded.suffix(exponent)
        return (minorUnits < 0 ? "-" : "") + padded.dropLast(exponent) + fraction
    }

    package var description: String { "\(text) \(currency)" }
}
