// Learns labels and error rates together: passes over the reads until the likelihood stands still.
//
// The same for every model of errors. Starts from the majority's shares; nothing depends on the order of arrival.

import Glibc

struct Learner {
    static let mostPasses = 500

    let table: ReadTable
    let seed: UInt64

    init(_ table: ReadTable, seed: UInt64) {
        self.table = table
        self.seed = seed
    }

    /// - Parameter makeErrors: Gets the counts by the majority's shares.
    func learn(
        as model: ConsensusModel, subtypeCount: Int = 1, _ makeErrors: ([Double], RatesShape) -> any ErrorModel
    ) -> LearntConsensus {
        let shape = RatesShape(table, subtypeCount: subtypeCount)
        let kernel = ExpectationKernel(table: table, stride: shape.stride)
        var posteriors = Beginning.posteriors(table, shape, seed: seed)
        var counts = kernel.count(posteriors: &posteriors)
        let errors = makeErrors(counts, shape)
        var totals = stateTotals(posteriors, shape)
        var likelihood = -Double.infinity
        var passes = 0
        while passes < Self.mostPasses {
            let prior = padded(errors.prior(totals), shape)
            let rates = errors.rates(counts, shape)
            let (next, nextCounts) = kernel.pass(rates: rates, prior: prior, posteriors: &posteriors)
            counts = nextCounts
            totals = stateTotals(posteriors, shape)
            passes += 1
            let gain = abs(next - likelihood)
            likelihood = next
            if gain < errors.tolerance * Double(max(1, table.readCount)) { break }
        }
        return LearntConsensus(
            model: model, labelCount: table.labelCount, priors: labelShares(totals, shape), passCount: passes,
            logLikelihood: likelihood, subtypeCount: subtypeCount, width: shape.stride.width, posteriors: posteriors,
            expectedRates: errors.expectedRates(counts, shape), stateShares: totals)
    }

    private func padded(_ prior: [Double], _ shape: RatesShape) -> [Double] {
        prior + [Double](repeating: 0, count: shape.stride.width - prior.count)
    }

    /// The exams in each state.
    private func stateTotals(_ posteriors: [Double], _ shape: RatesShape) -> [Double] {
        var totals = [Double](repeating: 0, count: shape.stateCount)
        let width = shape.stride.width
        for exam in 0..<table.examCount {
            for state in totals.indices { totals[state] += posteriors[exam * width + state] }
        }
        return totals
    }

    private func labelShares(_ totals: [Double], _ shape: RatesShape) -> [Double] {
        let exams = Double(max(1, table.examCount))
        return (0..<table.labelCount).map { label in
            totals[label * shape.subtypeCount..<(label + 1) * shape.subtypeCount].reduce(0, +) / exams
        }
    }
}

/// Where learning starts from.
enum Beginning {
    /// The share of each label among an exam's reads; with subtypes, each share split at random.
    static func posteriors(_ table: ReadTable, _ shape: RatesShape, seed: UInt64) -> [Double] {
        let labels = table.labelCount
        let width = shape.stride.width
        var posteriors = [Double](repeating: 0, count: table.examCount * width)
        for exam in 0..<table.examCount {
            let reads = table.reads(of: exam)
            let each = reads.isEmpty ? 1 / Double(labels) : 0
            for label in 0..<labels { posteriors[exam * width + label * shape.subtypeCount] = each }
            let share = 1 / Double(reads.count)
            for read in reads {
                posteriors[exam * width + Int(table.cells[read]) % labels * shape.subtypeCount] += share
            }
        }
        if shape.subtypeCount > 1 { split(&posteriors, table.examCount, shape, seed: seed) }
        return posteriors
    }

    /// Exponential variates, made to sum to the share, are uniform over all splits.
    private static func split(_ posteriors: inout [Double], _ exams: Int, _ shape: RatesShape, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var parts = [Double](repeating: 0, count: shape.subtypeCount)
        for exam in 0..<exams {
            for label in 0..<shape.labelCount {
                let first = exam * shape.stride.width + label * shape.subtypeCount
                let share = posteriors[first]
                for subtype in parts.indices { parts[subtype] = -log(1 - random.unit()) }
                let sum = parts.reduce(0, +)
                for subtype in parts.indices { posteriors[first + subtype] = share * parts[subtype] / sum }
            }
        }
    }

}
