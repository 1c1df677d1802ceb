// Readers who err together: the exams of one true label fall into subtypes, and error rates belong to the subtype.
//
// An enhanced Bayesian classifier combination, by mean field. An exam that misleads several readers in the same way is
// of another subtype, so that their agreement on it counts less than that of independent readers.
// - Source: Li, Rubinstein and Cohn, "Exploiting worker correlation for label aggregation", ICML 2019.

import Glibc

struct SubtypeErrors: ErrorModel {
    /// Pseudo-reads of a row: right, and each wrong label.
    static let rightPseudoReads = 4.0
    static let wrongPseudoReads = 1.0
    /// Pseudo-exams of a label, over all its subtypes: below 1, so that subtypes that are not needed stay empty.
    static let subtypePseudoExams = 0.1

    let subtypeCount: Int

    /// Subtypes part slowly: learning goes on while there is hardly any gain.
    var tolerance: Double { 1e-7 }

    func rates(_ counts: [Double], _ shape: RatesShape) -> [Double] {
        rows(counts, shape) { value, sum in exp(Gamma.digamma(value) - Gamma.digamma(sum)) }
    }

    func expectedRates(_ counts: [Double], _ shape: RatesShape) -> [Double] {
        rows(counts, shape) { value, sum in value / sum }
    }

    private func rows(_ counts: [Double], _ shape: RatesShape, _ share: (Double, Double) -> Double) -> [Double] {
        let labels = shape.labelCount
        return shape.table { reader, state, row in
            let truth = shape.trueLabel(state)
            var sum = 0.0
            for label in 0..<labels {
                let pseudo = label == truth ? Self.rightPseudoReads : Self.wrongPseudoReads
                row[label] = counts[shape.place(reader, label, state)] + pseudo
                sum += row[label]
            }
            for label in 0..<labels { row[label] = share(row[label], sum) }
        }
    }

    func prior(_ totals: [Double]) -> [Double] {
        let labels = totals.count / subtypeCount
        let exams = totals.reduce(0, +)
        return totals.indices.map { state in
            let first = state / subtypeCount * subtypeCount
            let ofLabel = totals[first..<first + subtypeCount].reduce(0, +)
            let pseudo = Self.subtypePseudoExams / Double(subtypeCount)
            let subtype = Gamma.digamma(totals[state] + pseudo) - Gamma.digamma(ofLabel + Self.subtypePseudoExams)
            let label = Gamma.digamma(ofLabel + 1) - Gamma.digamma(exams + Double(labels))
            return max(exp(subtype + label), ExpectationKernel.leastRate)
        }
    }
}
