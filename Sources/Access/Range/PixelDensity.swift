// PixelDensity owns the linear scale of rows and columns at which images are given, exactly.
//
// Invariant: above 0 and at most 1. Never compared or written by way of binary floating point.

/// A scale of rows and columns.
package struct PixelDensity: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Quintillionths: the scale × 10^18.
    package let units: Int64

    private static let decimals = 18
    private static let unitsInOne: Int64 = 1_000_000_000_000_000_000

    /// Images as they are stored.
    package static let full = PixelDensity(units: unitsInOne)

    private init(units: Int64) { self.units = units }

    /// From digits and a decimal point: `0.25`, `1`, `1.0`.
    ///
    /// - Returns: nil for anything else, outside of the bounds, and for more than 18 decimals.
    package init?(decimal text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.last?.isEmpty == false,
            parts.joined().allSatisfy(Self.isDigit),
            let ones = Int64(whole), ones <= 1
        else { return nil }
        let fraction = parts.count == 2 ? parts[1] : "0"
        guard fraction.count <= Self.decimals,
            let rest = Int64(fraction + String(repeating: "0", count: Self.decimals - fraction.count))
        else { return nil }
        guard ones == 0 ? rest > 0 : rest == 0 else { return nil }
        units = ones == 0 ? rest : Self.unitsInOne
    }

    /// From the number that a reader of JSON made of it: the shortest decimal that means that number, cut off after 18
    /// decimals, and never less than the smallest density.
    ///
    /// - Returns: nil outside of the bounds.
    package init?(nearest value: Double) {
        guard value > 0, value <= 1 else { return nil }
        let parts = "\(value)".split(separator: "e")
        let mantissa = (parts.first ?? "").split(separator: ".", omittingEmptySubsequences: false)
        let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
        let digits = mantissa.joined().reduce(Int128(0)) { $0 * 10 + Int128($1.wholeNumberValue ?? 0) }
        let shift = Self.decimals + exponent - (mantissa.count == 2 ? mantissa[1].count : 0)
        let scaled =
            shift >= 0
            ? (0..<shift).reduce(digits) { value, _ in value * 10 }
            : (0..<(-shift)).reduce(digits) { value, _ in value / 10 }
        units = max(1, Int64(scaled))
    }

    /// With at least one decimal: `1.0`, `0.25`.
    package var description: String {
        guard units < Self.unitsInOne else { return "1.0" }
        var fraction = String(Self.unitsInOne + units).dropFirst()
        while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
        return "0.\(fraction)"
    }

    /// The nearest binary number, for the arithmetic of pixels.
    package var nearestDouble: Double { Double(units) / Double(Self.unitsInOne) }

    package static func < (left: Self, right: Self) -> Bool { left.units < right.units }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
