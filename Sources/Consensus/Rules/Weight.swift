// A weight, exactly: a whole number of billionths.
//
// Invariant: sums and comparisons never go through binary floating point, so that 0.1 + 0.2 ties with 0.3.

/// A weight of a read, or a sum of such.
package struct Weight: Sendable, Comparable, Hashable {
    /// Billionths.
    package let units: Int64

    package static let unitsInOne: Int64 = 1_000_000_000
    /// Weights are below this, so that a sum over any number of readers that exists fits.
    package static let limit: Int64 = 1_000_000

    package static let zero = Weight(units: 0)
    package static let one = Weight(units: unitsInOne)

    package init(units: Int64) { self.units = units }

    /// From digits and a decimal point: `1`, `0.25`.
    ///
    /// - Returns: Nil for anything else, for more than nine decimals that are not 0, and outside of ±1,000,000.
    package init?(decimal text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0).split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = parts.count == 2 ? parts[1] : "0"
        let digits = Set("0123456789")
        guard let whole = parts.first, !whole.isEmpty, !fraction.isEmpty,
            (whole + fraction).allSatisfy(digits.contains),
            fraction.dropFirst(9).allSatisfy({ $0 == "0" })
        else { return nil }
        let billionths = fraction.prefix(9) + String(repeating: "0", count: max(0, 9 - fraction.count))
        guard let ones = Int64(whole), ones < Self.limit, let rest = Int64(billionths) else { return nil }
        let units = ones * Self.unitsInOne + rest
        self.init(units: isNegative ? -units : units)
    }

    /// The nearest weight to a real number, such as a logarithm; within ±1,000,000.
    init(rounding value: Double) {
        let bounded = min(Double(Self.limit), max(-Double(Self.limit), value))
        units = Int64((bounded * Double(Self.unitsInOne)).rounded())
    }

    package var double: Double { Double(units) / Double(Self.unitsInOne) }

    package static func + (one: Weight, other: Weight) -> Weight { Weight(units: one.units + other.units) }
    package static func - (one: Weight, other: Weight) -> Weight { Weight(units: one.units - other.units) }
    package static func < (one: Weight, other: Weight) -> Bool { one.units < other.units }

    /// Whether this is at least a share of a whole: self ≥ share × whole, without rounding.
    func isAtLeast(_ share: Weight, of whole: Weight) -> Bool {
        Int128(units) * Int128(Self.unitsInOne) >= Int128(share.units) * Int128(whole.units)
    }

    /// self ÷ whole; 0 of nothing.
    func share(of whole: Weight) -> Double { whole.units == 0 ? 0 : Double(units) / Double(whole.units) }
}
