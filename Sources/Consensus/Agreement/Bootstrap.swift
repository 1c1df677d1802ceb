// Intervals by resampling items, with a seed that the caller states.

/// An interval with its confidence.
package struct Interval: Sendable, Equatable {
    package let lower: Double
    package let upper: Double

    package init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }
}

/// The percentile bootstrap.
package enum Bootstrap {
    /// Draws items with replacement and recomputes a statistic each time.
    ///
    /// - Parameters:
    ///   - level: Of confidence, such as 0.95.
    ///   - statistic: Nil where it is undefined for a sample, which is then passed over.
    /// - Returns: Nil when fewer than half of the samples have a value.
    package static func interval(
        itemCount: Int, samples: Int, level: Double, seed: UInt64, statistic: ([Int]) -> Double?
    ) -> Interval? {
        guard itemCount > 0 else { return nil }
        var random = SplitMix64(seed: seed)
        var values: [Double] = []
        var items = [Int](repeating: 0, count: itemCount)
        for _ in 0..<samples {
            for index in items.indices { items[index] = random.index(below: itemCount) }
            if let value = statistic(items) { values.append(value) }
        }
        guard values.count * 2 >= samples, !values.isEmpty else { return nil }
        values.sort()
        let tail = (1 - level) / 2
        return Interval(lower: quantile(values, tail), upper: quantile(values, 1 - tail))
    }

    /// Between the two nearest of sorted values.
    private static func quantile(_ values: [Double], _ share: Double) -> Double {
        let place = share * Double(values.count - 1)
        let below = Int(place)
        let above = min(below + 1, values.count - 1)
        return values[below] + (values[above] - values[below]) * (place - Double(below))
    }
}
