// Dawid and Skene's model: each reader has a full table of error rates, each row with a Dirichlet prior.
//
// Where readers have many reads for each cell of their table, the prior is nearly nothing and rates are its mode, which
// is Dawid and Skene's maximum likelihood. Where cells are sparse, rows are drawn towards how all readers together agree
// with the majority, and a rate counts by the expectation of its logarithm, which trusts a cell of few reads less.
// - Source: Dawid and Skene, Applied Statistics 28, 1979; Beal, "Variational algorithms", 2003, for the expectation.

import Glibc

struct DirichletErrors: ErrorModel {
    /// Reads for each cell of a reader's table below which the table is sparse.
    static let sparseBelow = 16.0
    /// Pseudo-reads in each cell where cells are dense.
    static let densePseudoReads = 0.03
    /// Pseudo-reads of a row where cells are sparse, spread as all readers do.
    static let sparseRowReads = 1.0
    /// Pseudo-reads of a row, for prediction.
    static let predictiveRowReads = 4.0

    let isSparse: Bool
    /// How all readers together answer, by what the majority says: true label × labels + label.
    let majorityRates: [Double]

    /// - Parameter counts: The counts by majority shares.
    init(_ table: ReadTable, counts: [Double], shape: RatesShape) {
        let cells = Double(table.readerCount * table.labelCount * table.labelCount)
        isSparse = Double(table.readCount) / cells < Self.sparseBelow
        majorityRates = shape.pooledRates(counts, diagonal: 0.01, each: 0.001)
    }

    func rates(_ counts: [Double], _ shape: RatesShape) -> [Double] {
        let labels = shape.labelCount
        return shape.table { reader, state, row in
            var sum = 0.0
            for label in 0..<labels {
                let pseudo =
                    isSparse ? Self.sparseRowReads * majorityRates[state * labels + label] : Self.densePseudoReads
                row[label] = counts[shape.place(reader, label, state)] + pseudo
                sum += row[label]
            }
            let expectedSum = isSparse ? Gamma.digamma(sum) : 0
            for label in 0..<labels {
                row[label] = isSparse ? exp(Gamma.digamma(row[label]) - expectedSum) : row[label] / sum
            }
        }
    }

    func expectedRates(_ counts: [Double], _ shape: RatesShape) -> [Double] {
        isSparse
            ? RowMeans.rates(
                counts, shape, towards: shape.pooledRates(counts, diagonal: 0, each: 0.001), reads: Self.sparseRowReads)
            : rates(counts, shape)
    }
}

/// Rates as means: counts drawn towards rates that are common to all readers.
enum RowMeans {
    /// - Parameters:
    ///   - common: True label × labels + label.
    ///   - reads: How many pseudo-reads of a row are spread as `common`.
    static func rates(_ counts: [Double], _ shape: RatesShape, towards common: [Double], reads: Double) -> [Double] {
        let labels = shape.labelCount
        return shape.table { reader, state, row in
            var sum = reads
            for label in 0..<labels { sum += counts[shape.place(reader, label, state)] }
            let truth = shape.trueLabel(state)
            for label in 0..<labels {
                row[label] = (counts[shape.place(reader, label, state)] + reads * common[truth * labels + label]) / sum
            }
        }
    }
}
