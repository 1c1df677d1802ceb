// The label of most reads.
//
// Counts are whole numbers, so that ties are exact.

enum MajorityVotes {
    static func fit(_ table: ReadTable) -> LearntConsensus {
        VoteShares.consensus(.majority, table, weights: [Double](repeating: 1, count: table.readerCount))
    }
}

/// Votes that are added up, each with its reader's weight.
enum VoteShares {
    static func consensus(_ model: ConsensusModel, _ table: ReadTable, weights: [Double]) -> LearntConsensus {
        let shape = RatesShape(table)
        let kernel = ExpectationKernel(table: table, stride: shape.stride)
        var posteriors = shares(table, shape, weights)
        let counts = kernel.count(posteriors: &posteriors)
        let common = shape.pooledRates(counts, diagonal: 0, each: 1 / Double(2 * table.labelCount))
        let rates = RowMeans.rates(counts, shape, towards: common, reads: DirichletErrors.predictiveRowReads)
        let priors = priors(posteriors, table, shape)
        return LearntConsensus(
            model: model, labelCount: table.labelCount, priors: priors, passCount: 1, logLikelihood: nil,
            subtypeCount: 1, width: shape.stride.width, posteriors: posteriors, expectedRates: rates,
            stateShares: priors)
    }

    private static func shares(_ table: ReadTable, _ shape: RatesShape, _ weights: [Double]) -> [Double] {
        let width = shape.stride.width
        let labels = table.labelCount
        var shares = [Double](repeating: 0, count: table.examCount * width)
        for exam in 0..<table.examCount {
            var sum = 0.0
            for read in table.reads(of: exam) {
                let (reader, label) = Int(table.cells[read]).quotientAndRemainder(dividingBy: labels)
                shares[exam * width + label] += weights[reader]
                sum += weights[reader]
            }
            for label in 0..<labels {
                let place = exam * width + label
                shares[place] = sum > 0 ? shares[place] / sum : 1 / Double(labels)
            }
        }
        return shares
    }

    private static func priors(_ posteriors: [Double], _ table: ReadTable, _ shape: RatesShape) -> [Double] {
        var totals = [Double](repeating: 0, count: table.labelCount)
        for exam in 0..<table.examCount {
            for label in totals.indices { totals[label] += posteriors[exam * shape.stride.width + label] }
        }
        return totals.map { $0 / Double(max(1, table.examCount)) }
    }
}
