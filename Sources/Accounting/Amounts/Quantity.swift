// Quantity owns a decimal number of units, as an invoice prints it.
//
// Invariant: value = unscaled ÷ 10^scale. Never money: an amount is worked out from what was metered, exactly, and a
// quantity is printed beside it. It may be negative, on lines that give something back.

/// An exact decimal of a unit that stands beside it.
package struct Quantity: Codable, Sendable, Hashable, CustomStringConvertible {
    /// The digits as a whole number: 12345 for `12.345`.
    package let unscaled: Int64
    /// Digits after the point, 0 to 18: 3 for `12.345`.
    package let scale: Int

    package static let largestScale = 18

    /// A whole number.
    package init(_ whole: Int64) {
        unscaled = whole
        scale = 0
    }

    /// - Returns: nil for a scale out of bounds.
    package init?(unscaled: Int64, scale: Int) {
        guard (0...Self.largestScale).contains(scale) else { return nil }
        self.unscaled = unscaled
        self.scale = scale
    }

    /// The decimal nearest to a fraction, half away from zero.
    ///
    /// - Parameters:
    ///   - denominator: Not 0.
    ///   - scale: 0 to 18.
    /// - Returns: nil when it has more digits than 64 bits hold.
    package init?(rounding numerator: Int128, over denominator: Int128, scale: Int) {
        precondition(denominator != 0 && (0...Self.largestScale).contains(scale), "no decimal has this form")
        let (shifted, isTooLarge) = numerator.multipliedReportingOverflow(by: Self.powerOfTen(scale))
        guard !isTooLarge else { return nil }
        let parts = shifted.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
        let isUp = parts.remainder >= denominator.magnitude - parts.remainder
        guard let magnitude = Int64(exactly: parts.quotient + (isUp ? 1 : 0)) else { return nil }
        self.init(unscaled: (numerator < 0) == (denominator < 0) ? magnitude : -magnitude, scale: scale)
    }

    /// - Parameter text: `12.345`, `-1`; no exponent, no other sign.
    /// - Returns: nil for anything else, and for what 64 bits do not hold.
    package init?(_ text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.utf8.dropFirst(isNegative ? 1 : 0).split(separator: 0x2E, omittingEmptySubsequences: false)
        let digits: ClosedRange<UInt8> = 0x30...0x39
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(digits.contains) }),
            let magnitude = Int64(String(decoding: parts.joined(), as: UTF8.self))
        else { return nil }
        self.init(unscaled: isNegative ? -magnitude : magnitude, scale: parts.count == 2 ? parts[1].count : 0)
    }

    package var negated: Quantity { Quantity(-unscaled, scale) }

    /// `12.345`, `-1`, `0.50`
    package var description: String {
        let digits = String(unscaled.magnitude)
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
        let sign = unscaled < 0 ? "-" : ""
        return sign + (scale == 0 ? padded : "\(padded.dropLast(scale)).\(padded.suffix(scale))")
    }

    /// Without the zeros at its end: `0.5` for `0.50`.
    package var shortest: Quantity {
        var shortest = (unscaled: unscaled, scale: scale)
        while shortest.scale > 0, shortest.unscaled % 10 == 0 {
            shortest = (shortest.unscaled / 10, shortest.scale - 1)
        }
        return Quantity(shortest.unscaled, shortest.scale)
    }

    private init(_ unscaled: Int64, _ scale: Int) {
        self.unscaled = unscaled
        self.scale = scale
    }

    static func powerOfTen(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
