// What a printed quantity makes at a price, for those who multiply it again. Pure.

extension Quantity {
    /// Whether so many units at a price make an amount, when that is rounded as amounts are.
    package func times(_ price: Price, isAbout amount: Money) -> Bool {
        let (product, isTooLarge) = (Int128(unscaled) * Int128(price.unscaled))
            .multipliedReportingOverflow(by: Self.powerOfTen(amount.currency.exponent))
        let (divisor, isTooFine) = Self.powerOfTen(scale).multipliedReportingOverflow(by: Self.powerOfTen(price.scale))
        guard !isTooLarge, !isTooFine else { return false }
        do throws(AccountingError) {
            return try Money(rounding: product, over: divisor, currency: amount.currency) == amount
        } catch {
            return false
        }
    }
}

extension Price {
    /// Whether two prices or rates are the same number: 20 and 20.0 are.
    package func isEqual(_ other: Price) -> Bool {
        Int128(unscaled) * Quantity.powerOfTen(other.scale) == Int128(other.unscaled) * Quantity.powerOfTen(scale)
    }
}
