// `auto`: which model the reads themselves speak for.
//
// Models are compared by how well each predicts reads that were left out. Subtypes are taken only where they predict
// clearly better than the same model without them, and another model than Dawid and Skene's where it is clearly better.

/// The choice of a model, with what led to it.
package struct ModelChoice: Sendable {
    package let model: ConsensusModel
    /// The mean log probability of a left-out read, by model; empty where there was too little to compare.
    package let scores: [ConsensusModel: Double]
    package let reason: String

    /// Fewer readers or exams cannot show who errs how.
    package static let fewestReaders = 3
    package static let fewestExams = 10
    /// Exams for each label below which subtypes cannot be told apart.
    static let fewestExamsForSubtypes = 200
    /// How much of the score a model must gain over the one that is taken else.
    static let mustGain = 0.02

    /// Chooses for a table.
    ///
    /// - Parameter labelsAreOrdered: Whether `ordinal` is considered.
    package static func make(_ table: ReadTable, labelsAreOrdered: Bool, seed: UInt64) -> ModelChoice {
        guard table.readerCount >= fewestReaders, table.examCount >= fewestExams, table.labelCount > 1 else {
            let reason =
                "\(table.readerCount) readers and \(table.examCount) exams of \(table.labelCount) labels are too few to learn from"
            return ModelChoice(model: .majority, scores: [:], reason: reason)
        }
        let takesSubtypes = table.examCount >= fewestExamsForSubtypes * table.labelCount
        var candidates: [ConsensusModel] = [.majority, .weighted, .oneCoin]
        if labelsAreOrdered, table.labelCount > 2 { candidates.append(.ordinal) }
        candidates.append(.dawidSkene)
        return compare(table, candidates, takesSubtypes: takesSubtypes, seed: seed)
    }

    private static func compare(
        _ table: ReadTable, _ candidates: [ConsensusModel], takesSubtypes: Bool, seed: UInt64
    ) -> ModelChoice {
        var fits = candidates.map { model in { predictive(model.fit($0, seed: seed), $0) } }
        if takesSubtypes {
            fits.append { SubtypeErrors.fit($0, subtypeCount: 1, seed: seed) }
            fits.append { ConsensusModel.ebcc.fit($0, seed: seed) }
        }
        let values = HeldOutReads(table: table, seed: seed).scores(fits)
        var scores = Dictionary(uniqueKeysWithValues: zip(candidates, values))
        if takesSubtypes {
            let (without, with) = (values[candidates.count], values[candidates.count + 1])
            scores[.ebcc] = with
            if with - without > mustGain * abs(without) {
                return ModelChoice(model: .ebcc, scores: scores, reason: "readers err together on some exams")
            }
        }
        let usual = candidates.count - 1
        var best = usual
        for index in candidates.indices where values[index] > values[best] { best = index }
        guard values[best] - values[usual] > mustGain * abs(values[usual]) else {
            return ModelChoice(
                model: candidates[usual], scores: scores,
                reason: "no other model predicts left-out reads clearly better")
        }
        return ModelChoice(model: candidates[best], scores: scores, reason: "it predicts left-out reads best")
    }

    /// Full tables predict by means that are drawn towards all readers; their own rates are too sharp for unseen reads.
    private static func predictive(_ consensus: LearntConsensus, _ table: ReadTable) -> LearntConsensus {
        guard consensus.model == .dawidSkene else { return consensus }
        let shape = RatesShape(table)
        var posteriors = consensus.posteriors
        let counts = ExpectationKernel(table: table, stride: shape.stride).count(posteriors: &posteriors)
        let common = shape.pooledRates(counts, diagonal: 0, each: 1 / Double(2 * table.labelCount))
        return consensus.with(
            expectedRates: RowMeans.rates(
                counts, shape, towards: common, reads: DirichletErrors.predictiveRowReads))
    }
}

extension SubtypeErrors {
    /// The model with a number of subtypes; with one, readers err independently.
    static func fit(_ table: ReadTable, subtypeCount: Int, seed: UInt64) -> LearntConsensus {
        Learner(table, seed: seed).learn(as: .ebcc, subtypeCount: subtypeCount) { _, _ in
            SubtypeErrors(subtypeCount: subtypeCount)
        }
    }
}
