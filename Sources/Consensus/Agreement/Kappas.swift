// Agreement beyond chance: Cohen's and Fleiss' kappa, Gwet's AC1.
//
// Pure. Each is (observed - expected) ÷ (1 - expected), and they differ in what agreement they expect by chance. Nil where
// that is undefined: no item with two ratings, or chance alone explains everything.

/// Chance-corrected agreement on nominal labels.
package enum Kappas {
    /// Of two raters over the items that both rated; chance is each rater's own frequency of labels.
    ///
    /// - Source: Cohen, Educational and Psychological Measurement 20, 1960.
    package static func cohen(_ pairs: [(Int, Int)], labelCount: Int) -> Double? {
        guard !pairs.isEmpty else { return nil }
        let count = Double(pairs.count)
        var first = [Double](repeating: 0, count: labelCount)
        var second = first
        for pair in pairs {
            first[pair.0] += 1 / count
            second[pair.1] += 1 / count
        }
        let observed = Double(pairs.count { $0.0 == $0.1 }) / count
        return corrected(observed, expected: zip(first, second).reduce(0) { $0 + $1.0 * $1.1 })
    }

    /// Of any number of raters, also where items have different numbers of ratings.
    ///
    /// - Source: Fleiss, Psychological Bulletin 76, 1971; for missing ratings Gwet, "Handbook of inter-rater
    ///   reliability", 2014, section 2.
    package static func fleiss(_ counts: RatingCounts, items: [Int]) -> Double? {
        guard let observed = counts.observedAgreement(items) else { return nil }
        return corrected(observed, expected: counts.labelShares(items).reduce(0) { $0 + $1 * $1 })
    }

    /// Gwet's AC1, which stays meaningful when nearly all ratings have one label.
    ///
    /// - Source: Gwet, British Journal of Mathematical and Statistical Psychology 61, 2008.
    package static func gwetAC1(_ counts: RatingCounts, items: [Int]) -> Double? {
        guard let observed = counts.observedAgreement(items), counts.labelCount > 1 else { return nil }
        let spread = counts.labelShares(items).reduce(0) { $0 + $1 * (1 - $1) }
        return corrected(observed, expected: spread / Double(counts.labelCount - 1))
    }

    private static func corrected(_ observed: Double, expected: Double) -> Double? {
        expected < 1 ? (observed - expected) / (1 - expected) : nil
    }
}
