// ExactRatio owns fractions of whole numbers, for what lies between a use and the amount that it comes to.
//
// Invariant: exact; the denominator is above 0 and shares no divisor with the numerator. It is rounded once, where it becomes
// money or a printed quantity. What does not fit 128 bits throws.

/// A fraction.
package struct ExactRatio: Hashable, Sendable {
    package let numerator: Int128
    package let denominator: Int128

    package static let zero = ExactRatio(0)

    package init(_ whole: Int128) {
        numerator = whole
        denominator = 1
    }

    /// - Parameter denominator: Above 0.
    package init(_ numerator: Int128, over denominator: Int128) {
        precondition(denominator > 0, "a fraction is over something above 0")
        let divisor = Self.greatestCommonDivisor(numerator.magnitude, denominator.magnitude)
        self.numerator = numerator / Int128(divisor)
        self.denominator = denominator / Int128(divisor)
    }

    /// The value of a price.
    package init(_ price: Price) {
        self.init(Int128(price.unscaled), over: Self.powerOfTen(price.scale))
    }

    package var isZero: Bool { numerator == 0 }

    /// - Throws: `.outOfBounds`.
    package func times(_ other: ExactRatio) throws(AccountingError) -> ExactRatio {
        let left = ExactRatio(numerator, over: other.denominator)
        let right = ExactRatio(other.numerator, over: denominator)
        return ExactRatio(
            try Self.product(left.numerator, right.numerator),
            over: try Self.product(left.denominator, right.denominator))
    }

    /// - Throws: `.outOfBounds`.
    package func plus(_ other: ExactRatio) throws(AccountingError) -> ExactRatio {
        let (sum, isTooLarge) = try Self.product(numerator, other.denominator)
            .addingReportingOverflow(try Self.product(other.numerator, denominator))
        guard !isTooLarge else { throw .outOfBounds }
        return ExactRatio(sum, over: try Self.product(denominator, other.denominator))
    }

    package func minus(_ other: ExactRatio) throws(AccountingError) -> ExactRatio { try plus(other.negated) }

    package var negated: ExactRatio { ExactRatio(-numerator, over: denominator) }

    package func isLess(than other: ExactRatio) throws(AccountingError) -> Bool {
        try Self.product(numerator, other.denominator) < Self.product(other.numerator, denominator)
    }

    /// As money: rounded once, half away from zero.
    ///
    /// - Throws: `.tooLarge`, `.outOfBounds`.
    package func money(in currency: Currency) throws(AccountingError) -> Money {
        let minor = try times(ExactRatio(Self.powerOfTen(currency.exponent)))
        return try Money(rounding: minor.numerator, over: minor.denominator, currency: currency)
    }

    /// As a decimal of at most so many digits after the point, half away from zero, without zeros at its end: `12.345`.
    package func decimalText(digits: Int) throws(AccountingError) -> String {
        let scaled = try times(ExactRatio(Self.powerOfTen(digits)))
        let parts = scaled.numerator.magnitude.quotientAndRemainder(dividingBy: scaled.denominator.magnitude)
        let isUp = parts.remainder >= scaled.denominator.magnitude - parts.remainder
        let all = String(parts.quotient + (isUp ? 1 : 0))
        let padded = String(repeating: "0", count: max(0, digits + 1 - all.count)) + all
        var fraction = String(padded.suffix(digits))
        while fraction.last == "0" { fraction.removeLast() }
        let text = padded.dropLast(digits) + (fraction.isEmpty ? "" : "." + fraction)
        return numerator < 0 && text != "0" ? "-" + text : String(text)
    }

    static func powerOfTen(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    private static func product(_ left: Int128, _ right: Int128) throws(AccountingError) -> Int128 {
        let (product, isTooLarge) = left.multipliedReportingOverflow(by: right)
        guard !isTooLarge else { throw .outOfBounds }
        return product
    }

    private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        // Most are small: 64 bits divide much faster.
        var (greater, lesser) = (left, right)
        while lesser != 0 {
            if greater <= UInt128(UInt64.max), lesser <= UInt128(UInt64.max) {
                return UInt128(smallDivisor(UInt64(greater), UInt64(lesser)))
            }
            (greater, lesser) = (lesser, greater % lesser)
        }
        return max(greater, 1)
    }

    private static func smallDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (greater, lesser) = (left, right)
        while lesser != 0 { (greater, lesser) = (lesser, greater % lesser) }
        return max(greater, 1)
    }
}
