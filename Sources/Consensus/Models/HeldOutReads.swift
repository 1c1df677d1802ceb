// How well a model predicts reads that it was not given.
//
// Reads are left out by a hash of their place and the seed: no reader, exam or label is left out more often than others.

import Glibc

/// Leaves out a part of the reads, several times over.
struct HeldOutReads {
    /// One read in so many is left out of one fold.
    static let foldCount: UInt64 = 10
    /// Folds are used until so many reads have been left out.
    static let enoughReads = 5_000
    /// The least probability that a prediction may have.
    static let leastProbability = 1e-6

    let table: ReadTable
    let seed: UInt64

    private var usedFolds: UInt64 {
        let wanted = (Self.enoughReads * Int(Self.foldCount) + table.readCount - 1) / max(1, table.readCount)
        return min(Self.foldCount, UInt64(max(1, wanted)))
    }

    /// - Returns: For each fit, the mean log probability of the reads that were left out, in nats.
    func scores(_ fits: [(ReadTable) -> LearntConsensus]) -> [Double] {
        var sums = [Double](repeating: 0, count: fits.count)
        var count = 0
        for fold in 0..<usedFolds {
            let seed = seed
            let (kept, leftOut) = table.split { read in
                SplitMix64.mixed(UInt64(read) &+ seed &* 0x9E37_79B9_7F4A_7C15) % Self.foldCount == fold
            }
            count += leftOut.count
            for index in fits.indices {
                let consensus = fits[index](kept)
                for read in leftOut {
                    let predicted = consensus.predicted(exam: read.exam, cell: read.cell)
                    sums[index] += log(max(predicted, Self.leastProbability))
                }
            }
        }
        return sums.map { $0 / Double(max(1, count)) }
    }
}
