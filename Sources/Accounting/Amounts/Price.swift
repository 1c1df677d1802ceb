// Price owns a decimal number as a price list writes it, with as many decimals as it has there.
//
// Invariant: value = unscaled ÷ 10^scale, never below 0. It becomes money only by being multiplied and rounded.

/// An exact price.
package struct Price: Codable, Sendable, Hashable, CustomStringConvertible {
    /// The digits as a whole number: 20 for `0.20`.
    package let unscaled: Int64
    /// Digits after the point, 0 to 18: 2 for `0.20`.
    package let scale: Int

    package static let largestScale = 18
    package static let zero = Price(whole: 0)

    /// - Parameter whole: Not below 0.
    private init(whole: Int64) {
        unscaled = whole
        scale = 0
    }

    /// A price as it was written: `0.20`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), !parts.contains(where: \.isEmpty),
            let unscaled = Int64(digits)
        else { return nil }
        self.init(unscaled: unscaled, scale: parts.count == 2 ? parts[1].count : 0)
    }

    /// - Returns: nil below 0 and for a scale out of bounds.
    package init?(unscaled: Int64, scale: Int) {
        guard unscaled >= 0, (0...Self.largestScale).contains(scale) else { return nil }
        self.unscaled = unscaled
        self.scale = scale
    }

    /// What a number of units costs.
    ///
    /// - Throws: `.tooLarge`.
    package func amount(of unitCount: Int64 = 1, in currency: Currency) throws(AccountingError) -> Money {
        let (units, isTooLarge) = (Int128(unscaled) * Int128(unitCount))
            .multipliedReportingOverflow(by: Self.powerOfTen(currency.exponent))
        guard !isTooLarge else { throw .tooLarge(currency: currency.code) }
        return try Money(rounding: units, over: Self.powerOfTen(scale), currency: currency)
    }

    /// The same number without zeros at its end: `0.2` for `0.20`.
    package var shortened: Price {
        var (unscaled, scale) = (unscaled, scale)
        while scale > 0, unscaled.isMultiple(of: 10) { (unscaled, scale) = (unscaled / 10, scale - 1) }
        return Price(unscaled: unscaled, scale: scale) ?? self
    }

    /// As written: `0.20`.
    package var description: String {
        let digits = String(unscaled)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        return scale == 0 ? padded : "\(padded.dropLast(scale)).\(padded.suffix(scale))"
    }

    private static func powerOfTen(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
