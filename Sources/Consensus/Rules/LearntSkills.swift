// Error rates of readers, learnt from the reads of many exams, as `latentClass` applies them to one exam.
//
// Invariant: rates are above 0, so that no single read decides alone.

import Glibc

/// Learnt error rates by the names of readers and labels.
package struct LearntSkills: Sendable {
    package let model: ConsensusModel
    package let readers: [String]
    package let labels: [String]
    package let consensus: LearntConsensus

    /// A read of some exam.
    package struct PastRead: Sendable {
        package let exam: String
        package let reader: String
        package let label: String

        package init(exam: String, reader: String, label: String) {
            self.exam = exam
            self.reader = reader
            self.label = label
        }
    }

    /// Learns from reads.
    ///
    /// - Parameters:
    ///   - model: Nil lets the reads choose.
    ///   - labels: The protocol's labels in their order; reads of others are passed over.
    /// - Returns: Nil, when there are fewer than three readers or ten exams.
    package static func learn(
        _ reads: [PastRead], labels: [String], isOrdered: Bool, model: ConsensusModel?, seed: UInt64
    ) -> LearntSkills? {
        let places = Dictionary(zip(labels, labels.indices.map(UInt32.init))) { first, _ in first }
        let known = reads.filter { places[$0.label] != nil }
        let exams = Ranks(known.map(\.exam))
        let readers = Ranks(known.map(\.reader))
        guard readers.names.count >= ModelChoice.fewestReaders, exams.names.count >= ModelChoice.fewestExams else {
            return nil
        }
        let table = ReadTable(
            exams: exams.numbers, readers: readers.numbers, labels: known.compactMap { places[$0.label] },
            examCount: exams.names.count, readerCount: readers.names.count, labelCount: labels.count)
        let chosen = model ?? ModelChoice.make(table, labelsAreOrdered: isOrdered, seed: seed).model
        let consensus = chosen.fit(table, seed: seed)
        return LearntSkills(model: chosen, readers: readers.names, labels: labels, consensus: consensus)
    }

    /// The probability of each label, given reads of one exam.
    ///
    /// - Returns: In the order of `labels`; nil when a read is of a reader or label that nothing was learnt of.
    func posterior(_ reads: [(reader: String, label: String)]) -> [Double]? {
        var logs = consensus.priors.map { log(max($0, ExpectationKernel.leastRate)) }
        for read in reads {
            guard let reader = readers.firstIndex(of: read.reader), let label = labels.firstIndex(of: read.label) else {
                return nil
            }
            for truth in logs.indices {
                logs[truth] += log(
                    max(consensus.errorRate(reader: reader, truth: truth, label: label), ExpectationKernel.leastRate))
            }
        }
        let largest = logs.max() ?? 0
        let odds = logs.map { exp($0 - largest) }
        let sum = odds.reduce(0, +)
        return odds.map { $0 / sum }
    }

    /// Names in their order, and each item's rank.
    private struct Ranks {
        let names: [String]
        let numbers: [UInt32]

        init(_ items: [String]) {
            let names = Set(items).sorted()
            let ranks = Dictionary(uniqueKeysWithValues: zip(names, names.indices.map(UInt32.init)))
            self.names = names
            numbers = items.compactMap { ranks[$0] }
        }
    }
}
