// The reads of one protocol as statistics take them, and what is computed from these. Pure.
//
// Invariant: agreement and accuracy see blind reads of first readers only. An item is an exam in one round: whoever reads
// it again reads another item.

internal import Consensus
package import Pages

/// What one protocol's reading came to.
package struct ReadingSample: Sendable {
    /// A blind read of somebody who does not decide between others.
    package struct Read: Sendable, Equatable {
        package let exam: Int64
        package let round: Int
        package let reader: String
        package let label: String

        package init(exam: Int64, round: Int, reader: String, label: String) {
            self.exam = exam
            self.round = round
            self.reader = reader
            self.label = label
        }
    }

    /// One reader's work.
    package struct Work: Sendable, Equatable {
        package let reader: String
        package let name: String
        package let assignedCount: Int
        package let readCount: Int
        /// Seconds from each assignment to its first sealed read.
        package let turnarounds: [Int64]

        package init(reader: String, name: String, assignedCount: Int, readCount: Int, turnarounds: [Int64]) {
            self.reader = reader
            self.name = name
            self.assignedCount = assignedCount
            self.readCount = readCount
            self.turnarounds = turnarounds
        }
    }

    package let protocolID: String
    package let labels: [String]
    package let isOrdered: Bool
    package let positive: String?
    package let examCount: Int
    /// In the order in which they are shown.
    package let work: [Work]
    package let reads: [Read]
    /// Labels of determined results, by exam.
    package let results: [Int64: String]

    package init(
        protocolID: String, labels: [String], isOrdered: Bool, positive: String?, examCount: Int, work: [Work],
        reads: [Read], results: [Int64: String]
    ) {
        self.protocolID = protocolID
        self.labels = labels
        self.isOrdered = isOrdered
        self.positive = positive
        self.examCount = examCount
        self.work = work
        self.reads = reads
        self.results = results
    }

    /// - Parameter seed: Where resampling starts.
    package func figures(seed: UInt64) -> ReadingFigures {
        let items = RatedItems(self)
        return ReadingFigures(
            protocolID: protocolID, labels: labels, isOrdered: isOrdered, positive: positive, examCount: examCount,
            determinedCount: results.count, readers: work.map(readerFigures), pairs: items.pairs(seed: seed),
            agreement: items.agreement(isOrdered: isOrdered, seed: seed))
    }

    private func readerFigures(_ work: Work) -> ReaderFigures {
        let own = reads.filter { $0.reader == work.reader }
        let rates = positive.map { positive in detectionRates(own, positive) }
        return ReaderFigures(
            id: work.reader, name: work.name, assignedCount: work.assignedCount, readCount: work.readCount,
            blindReadCount: own.count, turnaround: Self.turnaround(work.turnarounds),
            recallRate: rates.flatMap { Self.share($0.recallRate) },
            sensitivity: rates.flatMap { Self.share($0.againstResults.sensitivity) },
            specificity: rates.flatMap { Self.share($0.againstResults.specificity) })
    }

    /// Of labels in the protocol's order only: a technical recall says nothing of the patient.
    private func detectionRates(
        _ own: [Read], _ positive: String
    ) -> (recallRate: Proportion, againstResults: DetectionRates) {
        let judged = own.filter { labels.contains($0.label) }
        let compared = judged.compactMap { read in
            results[read.exam].map { (read: read.label == positive, truth: $0 == positive) }
        }
        return (
            Proportion(judged.count { $0.label == positive }, of: judged.count), DetectionRates(compared)
        )
    }

    private static func share(_ proportion: Proportion) -> ShareFigures? {
        guard let value = proportion.value, let interval = proportion.wilson() else { return nil }
        return ShareFigures(
            count: proportion.count, total: proportion.total, value: value, lower: interval.lower,
            upper: interval.upper)
    }

    private static func turnaround(_ seconds: [Int64]) -> TurnaroundFigures? {
        guard !seconds.isEmpty else { return nil }
        let sorted = seconds.sorted().map(Double.init)
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
        }
        return TurnaroundFigures(
            count: sorted.count, lowerQuartile: quantile(0.25), median: quantile(0.5), upperQuartile: quantile(0.75))
    }
}
