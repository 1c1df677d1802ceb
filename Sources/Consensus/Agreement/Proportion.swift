// A share of a count, with Wilson's interval.

import Glibc

/// So many of so many.
package struct Proportion: Sendable, Equatable {
    package let count: Int
    package let total: Int

    package init(_ count: Int, of total: Int) {
        precondition(count >= 0 && count <= total, "a part is no more than the whole")
        self.count = count
        self.total = total
    }

    /// Nil of nothing.
    package var value: Double? { total == 0 ? nil : Double(count) / Double(total) }

    /// Wilson's score interval, which stays within 0 and 1 and is sound for small counts.
    ///
    /// - Parameter deviate: Of the normal distribution; 1.96 for 95 %.
    /// - Source: Wilson, Journal of the American Statistical Association 22, 1927.
    package func wilson(deviate: Double = 1.959963984540054) -> Interval? {
        guard let share = value else { return nil }
        let count = Double(total)
        let square = deviate * deviate
        let centre = (share + square / (2 * count)) / (1 + square / count)
        let half = deviate / (1 + square / count) * sqrt(share * (1 - share) / count + square / (4 * count * count))
        return Interval(lower: max(0, centre - half), upper: min(1, centre + half))
    }
}
