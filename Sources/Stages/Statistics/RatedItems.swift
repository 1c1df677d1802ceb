// Items with their ratings, and measures of agreement over them with resampled intervals. Pure.

internal import Consensus
internal import Pages

struct RatedItems {
    private struct Item: Hashable {
        let exam: Int64
        let round: Int
    }

    private let readers: [String]
    private let labelCount: Int
    /// By item, the label of each reader who rated it.
    private let ratings: [[String: Int]]

    private static let level = 0.95
    /// Items that are drawn for one interval, at most: many items need fewer samples for the same precision.
    private static let drawnItems = 4_000_000
    private static let fewestSamples = 200
    private static let mostSamples = 1000

    /// - Parameter sample: Labels beside those of the protocol come after them.
    init(_ sample: ReadingSample) {
        let others = Set(sample.reads.map(\.label)).subtracting(sample.labels).sorted()
        let labels = Dictionary(
            uniqueKeysWithValues: zip(sample.labels + others, 0..<(sample.labels.count + others.count)))
        labelCount = labels.count
        readers = sample.work.map(\.reader)
        var items: [Item: [String: Int]] = [:]
        for read in sample.reads {
            items[Item(exam: read.exam, round: read.round), default: [:]][read.reader] = labels[read.label]
        }
        ratings = items.sorted { ($0.key.exam, $0.key.round) < ($1.key.exam, $1.key.round) }.map(\.value)
    }

    /// Every two readers who rated an item both, in the order of readers.
    func pairs(seed: UInt64) -> [PairFigures] {
        readers.indices.flatMap { first in
            readers[(first + 1)...].compactMap { pair(readers[first], $0, seed) }
        }
    }

    private func pair(_ first: String, _ second: String, _ seed: UInt64) -> PairFigures? {
        let both = ratings.compactMap { item in item[first].flatMap { one in item[second].map { (one, $0) } } }
        guard !both.isEmpty else { return nil }
        let kappa = estimate(itemCount: both.count, seed: seed) { items in
            Kappas.cohen(items.map { both[$0] }, labelCount: labelCount)
        }
        return PairFigures(
            first: first, second: second, itemCount: both.count, agreedCount: both.count { $0.0 == $0.1 }, kappa: kappa)
    }

    func agreement(isOrdered: Bool, seed: UInt64) -> AgreementFigures {
        let shared = ratings.filter { $0.count > 1 }
        let counts = RatingCounts(
            shared.map { item in
                var row = [Int](repeating: 0, count: labelCount)
                for label in item.values { row[label] += 1 }
                return row
            }, labelCount: labelCount)
        func measure(_ statistic: (RatingCounts, [Int]) -> Double?) -> EstimateFigures? {
            estimate(itemCount: shared.count, seed: seed) { statistic(counts, $0) }
        }
        return AgreementFigures(
            itemCount: shared.count, readCount: shared.reduce(0) { $0 + $1.count },
            fleissKappa: measure { Kappas.fleiss($0, items: $1) },
            alphaNominal: measure { KrippendorffAlpha.value($0, items: $1, scale: .nominal) },
            alphaOrdinal: isOrdered ? measure { KrippendorffAlpha.value($0, items: $1, scale: .ordinal) } : nil,
            gwetAC1: measure { Kappas.gwetAC1($0, items: $1) })
    }

    private func estimate(itemCount: Int, seed: UInt64, _ statistic: ([Int]) -> Double?) -> EstimateFigures? {
        guard itemCount > 0, let value = statistic(Array(0..<itemCount)) else { return nil }
        let samples = min(Self.mostSamples, max(Self.fewestSamples, Self.drawnItems / itemCount))
        let interval = Bootstrap.interval(
            itemCount: itemCount, samples: samples, level: Self.level, seed: seed, statistic: statistic)
        return EstimateFigures(value: value, lower: interval?.lower, upper: interval?.upper, sampleCount: samples)
    }
}
