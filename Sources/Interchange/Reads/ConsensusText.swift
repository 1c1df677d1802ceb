// What `consensus --reads` prints: CSV of labels, or JSON of what was learnt.
//
// Pure but for the sink that it is given. Posteriors have six decimals; rates in JSON are whole doubles.

import Consensus

/// Writes the outcome of models over one file of reads.
package struct ConsensusText {
    private let reads: ReadsFile
    private let labels: [[UInt8]]
    private static let flushAt = 1 << 16

    package init(_ reads: ReadsFile) {
        self.reads = reads
        labels = (0..<reads.labels.count).map { Self.field(reads.labels.bytes($0)) }
    }

    /// CSV `exam,label,posterior`, sorted by exam; of several models with a column `model`.
    ///
    /// - Parameter write: Gets the text piece by piece.
    package func csv<Failure: Error>(
        _ outcomes: [LearntConsensus], namesModels: Bool, write: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var text = Array("exam,label,posterior\(namesModels ? ",model" : "")\n".utf8)
        text.reserveCapacity(Self.flushAt * 2)
        for exam in 0..<reads.exams.count {
            for outcome in outcomes {
                let best = outcome.best(exam)
                Self.append(reads.exams.bytes(exam), to: &text)
                text.append(UInt8(ascii: ","))
                text.append(contentsOf: labels[best.label])
                text.append(UInt8(ascii: ","))
                Self.append(best.posterior, to: &text)
                if namesModels { text.append(contentsOf: ",\(outcome.model.rawValue)".utf8) }
                text.append(UInt8(ascii: "\n"))
            }
            guard text.count >= Self.flushAt else { continue }
            try write(text)
            text.removeAll(keepingCapacity: true)
        }
        try write(text)
    }

    private static func append(_ name: ArraySlice<UInt8>, to text: inout [UInt8]) {
        if name.contains(where: needsQuotes) { text.append(contentsOf: field(name)) } else { text += name }
    }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }

    private static func field(_ name: ArraySlice<UInt8>) -> [UInt8] {
        guard name.contains(where: needsQuotes) else { return Array(name) }
        let quote = UInt8(ascii: "\"")
        return [quote] + name.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }

    /// A number from 0 to 1 with six decimals.
    private static func append(_ value: Double, to text: inout [UInt8]) {
        var millionths = Int((min(1, max(0, value)) * 1e6).rounded())
        let start = text.count
        text.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 8))
        for place in stride(from: start + 7, to: start + 1, by: -1) {
            text[place] += UInt8(millionths % 10)
            millionths /= 10
        }
        text[start] += UInt8(millionths)
        text[start + 1] = UInt8(ascii: ".")
    }

    /// What a model learnt: `priors` by label, `errorRates` by reader, true label and given label.
    package func parameters(_ outcome: LearntConsensus, choice: ModelChoice?, into json: inout JSONText) {
        json.raw("{")
        json.key("model", first: true)
        json.string(outcome.model.rawValue)
        if let choice { describe(choice, into: &json) }
        for (name, count) in [("exams", reads.exams.count), ("readers", reads.readers.count)] {
            json.raw(",\"\(name)\":\(count)")
        }
        json.key("reads")
        json.number(reads.table.readCount)
        json.key("passes")
        json.number(outcome.passCount)
        json.key("logLikelihood")
        if let value = outcome.logLikelihood { json.raw("\(value)") } else { json.null() }
        json.key("priors")
        object(reads.labels, into: &json) { label, json in json.raw("\(outcome.priors[label])") }
        json.key("errorRates")
        object(reads.readers, into: &json) { reader, json in
            object(reads.labels, into: &json) { truth, json in
                object(reads.labels, into: &json) { label, json in
                    json.raw("\(outcome.errorRate(reader: reader, truth: truth, label: label))")
                }
            }
        }
        json.raw("}")
    }

    private func describe(_ choice: ModelChoice, into json: inout JSONText) {
        json.key("reason")
        json.string(choice.reason)
        json.key("heldOutLogProbability")
        json.raw("{")
        let scores = choice.scores.sorted { $0.key.rawValue < $1.key.rawValue }
        for (index, score) in scores.enumerated() {
            json.raw("\(index > 0 ? "," : "")\"\(score.key.rawValue)\":\(score.value)")
        }
        json.raw("}")
    }

    /// An object with one key for each name.
    private func object(_ names: OrderedNames, into json: inout JSONText, _ value: (Int, inout JSONText) -> Void) {
        json.raw("{")
        for rank in 0..<names.count {
            if rank > 0 { json.raw(",") }
            json.string(names.text(rank))
            json.raw(":")
            value(rank, &json)
        }
        json.raw("}")
    }
}
