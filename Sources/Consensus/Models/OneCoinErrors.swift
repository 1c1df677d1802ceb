// Each reader is right with one probability, and errs evenly over the other labels.
//
// For few reads a reader, where a full table cannot be learnt.

struct OneCoinErrors: ErrorModel {
    /// Pseudo-reads that are right, and that are wrong.
    static let rightPseudoReads = 2.0
    static let wrongPseudoReads = 1.0

    func rates(_ counts: [Double], _ shape: RatesShape) -> [Double] {
        let labels = shape.labelCount
        var accuracy = [Double](repeating: 0, count: shape.readerCount)
        for reader in 0..<shape.readerCount {
            var right = Self.rightPseudoReads
            var all = Self.rightPseudoReads + Self.wrongPseudoReads
            for label in 0..<labels {
                right += counts[shape.place(reader, label, label)]
                for state in 0..<labels { all += counts[shape.place(reader, label, state)] }
            }
            accuracy[reader] = labels > 1 ? right / all : 1
        }
        return shape.table { reader, state, row in
            let wrong = (1 - accuracy[reader]) / Double(max(1, labels - 1))
            for label in 0..<labels { row[label] = label == state ? accuracy[reader] : wrong }
        }
    }
}
