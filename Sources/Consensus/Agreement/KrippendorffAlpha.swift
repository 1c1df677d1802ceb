// Krippendorff's alpha: disagreement as observed against disagreement by chance, for labels on three scales.
//
// Pure. Items with one rating have nothing to be compared with and are left out.
// - Source: Krippendorff, "Computing Krippendorff's alpha-reliability", 2011.

/// Alpha over any number of raters, with ratings missing or not.
package enum KrippendorffAlpha {
    /// How far apart two labels are.
    package enum Scale: Sendable {
        /// Different is different.
        case nominal
        /// By how many ratings lie between them.
        case ordinal
        /// By the difference of their values.
        case interval([Double])
    }

    /// - Returns: Nil when no item has two ratings, or all ratings are the same.
    package static func value(_ counts: RatingCounts, items: [Int], scale: Scale) -> Double? {
        let labels = counts.labelCount
        let coincidences = coincidences(counts, items)
        let totals = (0..<labels).map { label in
            coincidences[label * labels..<(label + 1) * labels].reduce(0, +)
        }
        let all = totals.reduce(0, +)
        var observed = 0.0
        var expected = 0.0
        for one in 0..<labels {
            for other in 0..<labels where other != one {
                let distance = distance(one, other, totals, scale)
                observed += coincidences[one * labels + other] * distance
                expected += totals[one] * totals[other] * distance
            }
        }
        return expected > 0 ? 1 - (all - 1) * observed / expected : nil
    }

    /// How often two ratings of one item are one label and another; each item weighs as many as it has ratings.
    private static func coincidences(_ counts: RatingCounts, _ items: [Int]) -> [Double] {
        let labels = counts.labelCount
        var result = [Double](repeating: 0, count: labels * labels)
        for item in items {
            let row = Array(counts.row(item))
            let ratings = row.reduce(0, +)
            guard ratings >= 2 else { continue }
            for one in 0..<labels where row[one] > 0 {
                for other in 0..<labels {
                    result[one * labels + other] += row[one] * (row[other] - (one == other ? 1 : 0)) / (ratings - 1)
                }
            }
        }
        return result
    }

    private static func distance(_ one: Int, _ other: Int, _ totals: [Double], _ scale: Scale) -> Double {
        switch scale {
        case .nominal: return 1
        case .interval(let values): return (values[one] - values[other]) * (values[one] - values[other])
        case .ordinal:
            let between = totals[min(one, other)...max(one, other)].reduce(0, +)
            let distance = between - (totals[one] + totals[other]) / 2
            return distance * distance
        }
    }
}
