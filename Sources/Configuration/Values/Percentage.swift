// A share of a hundred, kept exactly: `90%`, `2.5%`.
//
// Invariant: from 0 to 100, in hundredths of a percent.

/// A percentage.
package struct Percentage: Sendable, Comparable, CustomStringConvertible {
    /// Hundredths of a percent: 9000 for `90%`.
    package let basisPoints: Int64

    package init(percent: Int64) {
        precondition((0...100).contains(percent))
        basisPoints = percent * 100
    }

    /// - Parameter text: Number and `%`, with at most two digits after the point.
    /// - Returns: Nil for anything else, and outside 0 to 100.
    package init?(_ text: String) {
        guard text.hasSuffix("%"), let number = ExactDecimal(String(text.dropLast())), number.unscaled >= 0,
            let basisPoints = DurationText.whole(number, times: 100, upTo: 10_000)
        else { return nil }
        self.basisPoints = basisPoints
    }

    /// That share of an amount, rounded down.
    package func of(_ total: Int64) -> Int64 { Int64(Int128(total) * Int128(basisPoints) / 10_000) }

    package var description: String {
        let fraction = basisPoints % 100
        let digits = fraction % 10 == 0 ? "\(fraction / 10)" : (fraction < 10 ? "0\(fraction)" : "\(fraction)")
        return fraction == 0 ? "\(basisPoints / 100)%" : "\(basisPoints / 100).\(digits)%"
    }

    package static func < (left: Self, right: Self) -> Bool { left.basisPoints < right.basisPoints }
}
