// How likely each reader gives each label, for each state that an exam may be in.
//
// A state is a true label, or one of several subtypes of it. Values lie at (reader × labels + label) × width + state.

/// The shape of a table of rates.
struct RatesShape {
    let readerCount: Int
    let labelCount: Int
    let subtypeCount: Int
    let stride: StateStride

    init(_ table: ReadTable, subtypeCount: Int = 1) {
        readerCount = table.readerCount
        labelCount = table.labelCount
        self.subtypeCount = subtypeCount
        stride = StateStride(table.labelCount * subtypeCount)
    }

    var stateCount: Int { stride.count }
    var size: Int { readerCount * labelCount * stride.width }

    @inline(__always)
    func place(_ reader: Int, _ label: Int, _ state: Int) -> Int {
        (reader * labelCount + label) * stride.width + state
    }

    /// The true label of a state.
    func trueLabel(_ state: Int) -> Int { state / subtypeCount }

    /// Fills a table reader by reader and state by state.
    ///
    /// - Parameter shares: Gives the rates of all labels for one reader and state into the buffer that it gets.
    func table(_ shares: (_ reader: Int, _ state: Int, _ row: inout [Double]) -> Void) -> [Double] {
        var rates = [Double](repeating: 0, count: size)
        var row = [Double](repeating: 0, count: labelCount)
        for reader in 0..<readerCount {
            for state in 0..<stateCount {
                shares(reader, state, &row)
                for label in 0..<labelCount {
                    rates[place(reader, label, state)] = max(row[label], ExpectationKernel.leastRate)
                }
            }
        }
        return rates
    }

    /// All readers' counts together: true label × labels + label.
    func pooled(_ counts: [Double]) -> [Double] {
        var pooled = [Double](repeating: 0, count: labelCount * labelCount)
        for reader in 0..<readerCount {
            for label in 0..<labelCount {
                for state in 0..<stateCount {
                    pooled[trueLabel(state) * labelCount + label] += counts[place(reader, label, state)]
                }
            }
        }
        return pooled
    }

    /// All readers' rates together, each row with a little of everything: true label × labels + label.
    func pooledRates(_ counts: [Double], diagonal: Double, each: Double) -> [Double] {
        var pooled = pooled(counts)
        for truth in 0..<labelCount {
            let row = truth * labelCount..<(truth + 1) * labelCount
            for place in row { pooled[place] += each + (place - row.lowerBound == truth ? diagonal : 0) }
            let sum = pooled[row].reduce(0, +)
            for place in row { pooled[place] /= sum }
        }
        return pooled
    }
}
