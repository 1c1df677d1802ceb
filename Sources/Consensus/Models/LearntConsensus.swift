// What a model makes of the reads: each exam's posterior, how frequent labels are, and how readers err.

/// The outcome of one model over one table of reads.
package struct LearntConsensus: Sendable {
    package let model: ConsensusModel
    package let labelCount: Int
    /// The share of each true label.
    package let priors: [Double]
    /// Passes over the reads.
    package let passCount: Int
    /// Of all reads; nil where the model is none of probabilities.
    package let logLikelihood: Double?

    let subtypeCount: Int
    let width: Int
    /// Exam × width + state.
    let posteriors: [Double]
    /// (Reader × labels + label) × width + state: means, each row sums to 1.
    let expectedRates: [Double]

    /// Posteriors closer than this to the largest count as equal to it.
    static let tieTolerance = 1e-9

    /// The posterior of a label for an exam.
    package func posterior(_ exam: Int, _ label: Int) -> Double {
        var sum = 0.0
        let first = exam * width + label * subtypeCount
        for place in first..<first + subtypeCount { sum += posteriors[place] }
        return sum
    }

    /// The most probable label of an exam; the lowest of several that are equally probable.
    package func best(_ exam: Int) -> (label: Int, posterior: Double) {
        var best = (label: 0, posterior: posterior(exam, 0))
        for label in 1..<max(1, labelCount) {
            let value = posterior(exam, label)
            if value > best.posterior + Self.tieTolerance { best = (label, value) }
        }
        return best
    }

    /// How a reader answers: the rate of a label given a true label, over all subtypes of it.
    package func errorRate(reader: Int, truth: Int, label: Int) -> Double {
        var rate = 0.0
        for subtype in 0..<subtypeCount {
            let state = truth * subtypeCount + subtype
            rate += stateShare(truth, subtype) * expectedRates[(reader * labelCount + label) * width + state]
        }
        return rate
    }

    /// The share of each state, from which subtypes weigh.
    let stateShares: [Double]

    private func stateShare(_ truth: Int, _ subtype: Int) -> Double {
        let first = truth * subtypeCount
        let sum = stateShares[first..<first + subtypeCount].reduce(0, +)
        return sum > 0 ? stateShares[first + subtype] / sum : 1 / Double(subtypeCount)
    }

    /// The probability of an answer that was not learnt from.
    func predicted(exam: Int, cell: Int) -> Double {
        var sum = 0.0
        for state in 0..<labelCount * subtypeCount {
            sum += posteriors[exam * width + state] * expectedRates[cell * width + state]
        }
        return sum
    }

    /// The same with other rates.
    func with(expectedRates: [Double]) -> LearntConsensus {
        LearntConsensus(
            model: model, labelCount: labelCount, priors: priors, passCount: passCount, logLikelihood: logLikelihood,
            subtypeCount: subtypeCount, width: width, posteriors: posteriors, expectedRates: expectedRates,
            stateShares: stateShares)
    }
}
