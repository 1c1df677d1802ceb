// For labels in an order: a reader errs by so many steps up or down, alike over the whole scale.
//
// A reader's table of error rates is drawn towards what the steps of that reader say, and the steps towards those of all
// readers. So a reader who tends one step too high is recognised from few reads, and near errors are likelier than far
// ones.

struct OrdinalErrors: ErrorModel {
    /// Pseudo-reads of a row that are spread by the reader's steps.
    static let rowPseudoReads = 8.0
    /// Pseudo-reads of a reader's steps that are spread as those of all readers.
    static let stepPseudoReads = 4.0

    func rates(_ counts: [Double], _ shape: RatesShape) -> [Double] {
        let labels = shape.labelCount
        let all = Self.allSteps(counts, shape)
        var steps = [Double](repeating: 0, count: all.count)
        var current = -1
        return shape.table { reader, state, row in
            if reader != current {
                steps = Self.steps(of: reader, counts, shape, all)
                current = reader
            }
            var reachable = 0.0
            var sum = Self.rowPseudoReads
            for label in 0..<labels {
                reachable += steps[label - state + labels - 1]
                sum += counts[shape.place(reader, label, state)]
            }
            for label in 0..<labels {
                let expected = Self.rowPseudoReads * steps[label - state + labels - 1] / reachable
                row[label] = (counts[shape.place(reader, label, state)] + expected) / sum
            }
        }
    }

    /// The shares of steps over all readers, from `1 - labels` to `labels - 1`.
    private static func allSteps(_ counts: [Double], _ shape: RatesShape) -> [Double] {
        let labels = shape.labelCount
        let pooled = shape.pooled(counts)
        var steps = [Double](repeating: 0.01, count: 2 * labels - 1)
        for truth in 0..<labels {
            for label in 0..<labels { steps[label - truth + labels - 1] += pooled[truth * labels + label] }
        }
        let sum = steps.reduce(0, +)
        return steps.map { $0 / sum }
    }

    private static func steps(of reader: Int, _ counts: [Double], _ shape: RatesShape, _ all: [Double]) -> [Double] {
        let labels = shape.labelCount
        var steps = all.map { $0 * stepPseudoReads }
        for truth in 0..<labels {
            for label in 0..<labels {
                steps[label - truth + labels - 1] += counts[shape.place(reader, label, truth)]
            }
        }
        return steps
    }
}
