// Medians and percentiles of a few measurements.

enum Statistics {
    /// The median; the mean of the middle two when their number is even.
    ///
    /// - Parameter values: At least one.
    static func median(_ values: [Double]) -> Double {
        precondition(!values.isEmpty, "nothing was measured")
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// The smallest value that `share` of all values do not exceed.
    ///
    /// - Parameter values: At least one.
    static func percentile(_ share: Double, of values: [Double]) -> Double {
        precondition(!values.isEmpty, "nothing was measured")
        let rank = Int((share * Double(values.count)).rounded(.up))
        return values.sorted()[min(max(rank, 1), values.count) - 1]
    }
}
