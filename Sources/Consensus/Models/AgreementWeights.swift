// Votes weighted by how often each reader agrees with the majority.
//
// A reader who agrees no more often than chance has no weight.

enum AgreementWeights {
    /// Pseudo-reads that agree as often as chance, so that one lucky read gives no large weight.
    static let pseudoReads = 1.0

    static func fit(_ table: ReadTable) -> LearntConsensus {
        VoteShares.consensus(.weighted, table, weights: weights(table, MajorityVotes.fit(table)))
    }

    private static func weights(_ table: ReadTable, _ majority: LearntConsensus) -> [Double] {
        let chance = 1 / Double(max(1, table.labelCount))
        var agreeing = [Double](repeating: pseudoReads * chance, count: table.readerCount)
        var all = [Double](repeating: pseudoReads, count: table.readerCount)
        for exam in 0..<table.examCount {
            let label = majority.best(exam).label
            for read in table.reads(of: exam) {
                let (reader, given) = Int(table.cells[read]).quotientAndRemainder(dividingBy: table.labelCount)
                agreeing[reader] += given == label ? 1 : 0
                all[reader] += 1
            }
        }
        let weights = agreeing.indices.map { max(0, agreeing[$0] / all[$0] - chance) }
        return weights.allSatisfy { $0 == 0 } ? weights.map { _ in 1 } : weights
    }
}
