// Reads of readers whose skill is known, because they are made up.

@testable import Consensus

struct MadeUpReads {
    var exams: [UInt32] = []
    var readers: [UInt32] = []
    var labels: [UInt32] = []
    let truth: [Int]
    let readerCount: Int
    let labelCount: Int

    /// - Parameter accuracies: Of each reader; every reader reads every exam.
    init(examCount: Int, labelCount: Int, accuracies: [Double], seed: UInt64) {
        var random = SplitMix64(seed: seed)
        truth = (0..<examCount).map { _ in random.index(below: labelCount) }
        readerCount = accuracies.count
        self.labelCount = labelCount
        for exam in 0..<examCount {
            for reader in accuracies.indices {
                let isRight = random.unit() < accuracies[reader]
                let other = (truth[exam] + 1 + random.index(below: labelCount - 1)) % labelCount
                exams.append(UInt32(exam))
                readers.append(UInt32(reader))
                labels.append(UInt32(isRight ? truth[exam] : other))
            }
        }
    }

    var table: ReadTable { table(inOrder: Array(exams.indices)) }

    func table(inOrder order: [Int]) -> ReadTable {
        ReadTable(
            exams: order.map { exams[$0] }, readers: order.map { readers[$0] }, labels: order.map { labels[$0] },
            examCount: truth.count, readerCount: readerCount, labelCount: labelCount)
    }

    /// The share of exams whose best label is the true one.
    func accuracy(_ consensus: LearntConsensus) -> Double {
        Double(truth.indices.count { consensus.best($0).label == truth[$0] }) / Double(truth.count)
    }
}
