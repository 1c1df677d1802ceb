// A decimal number exactly as it was written: a price, a weight, a percentage.
//
// Invariant: value = unscaled ÷ 10^scale, and `text` is what stood in the file. Two are equal when their values are.
// Never passes through binary floating point on the way in.

/// An exact decimal.
package struct ExactDecimal: Sendable, Comparable, CustomStringConvertible {
    /// As written: `0.20`.
    package let text: String
    /// The digits as a whole number: 20 for `0.20`.
    package let unscaled: Int64
    /// Digits after the point: 2 for `0.20`.
    package let scale: Int

    /// Digits that may be written in all.
    package static let longestDigits = 18

    /// - Parameter text: `-12`, `0.20`, `900.00`; no exponent, no thousands separator, no sign other than minus.
    /// - Returns: Nil for anything else, and for more than 18 digits.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let isNegative = bytes.first == UInt8(ascii: "-")
        let parts = bytes.dropFirst(isNegative ? 1 : 0)
            .split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let digits = parts.joined()
        let areDigits = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard areDigits, !parts.contains(where: \.isEmpty), digits.count <= Self.longestDigits else { return nil }
        let magnitude = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        self.text = text
        unscaled = isNegative ? -magnitude : magnitude
        scale = parts.count == 2 ? parts[parts.startIndex + 1].count : 0
    }

    /// A whole number.
    package init(_ whole: Int32) {
        text = String(whole)
        unscaled = Int64(whole)
        scale = 0
    }

    /// The nearest binary number, for statistics; never for money.
    package var nearestDouble: Double { Double(text) ?? 0 }

    package var description: String { text }

    package static func == (left: Self, right: Self) -> Bool { left.scaled(with: right) == right.scaled(with: left) }
    package static func < (left: Self, right: Self) -> Bool { left.scaled(with: right) < right.scaled(with: left) }

    private func scaled(with other: Self) -> Int128 {
        (scale..<max(scale, other.scale)).reduce(Int128(unscaled)) { value, _ in value * 10 }
    }
}
