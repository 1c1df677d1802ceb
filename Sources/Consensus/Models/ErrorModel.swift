// What a model assumes about the errors of readers: the step from counts to rates.
//
// Pure. Learning is the same for all of them (see `Learner`).

/// A model of readers' errors.
protocol ErrorModel: Sendable {
    /// Subtypes of each true label; 1 where readers err independently of one another.
    var subtypeCount: Int { get }

    /// Gain of log likelihood a read below which learning ends.
    var tolerance: Double { get }

    /// The rates that weigh the reads of the next pass.
    ///
    /// - Parameter counts: Reads of each cell, weighted by the posterior of each state.
    func rates(_ counts: [Double], _ shape: RatesShape) -> [Double]

    /// The rates to report and to predict with: each row sums to 1.
    func expectedRates(_ counts: [Double], _ shape: RatesShape) -> [Double]

    /// The share of each state.
    ///
    /// - Parameter totals: Exams in each state.
    func prior(_ totals: [Double]) -> [Double]
}

extension ErrorModel {
    var subtypeCount: Int { 1 }
    var tolerance: Double { 3e-6 }

    func expectedRates(_ counts: [Double], _ shape: RatesShape) -> [Double] { rates(counts, shape) }

    func prior(_ totals: [Double]) -> [Double] {
        let sum = totals.reduce(0, +)
        return totals.map { max($0 / sum, ExpectationKernel.leastRate) }
    }
}
