// Ingest and physical limit of one drop, in turns, so that whatever else the machine does meets both.

import Glibc

/// Measures one drop, or the same drop of several facilities at once.
struct Comparison {
    let drop: CorpusDrop
    /// A folder of this program's own, on the file system of the corpus.
    let workFolder: String
    let repetitions: Int
    /// Facilities that drop it at the same time.
    let facilities: Int

    /// Runs all pairs. The limit runs once before, uncounted: it brings the drop's bytes into memory.
    func figures() throws(BenchError) -> CaseFigures {
        let split = try limit(isSplit: true)
        let whole = try limit(isSplit: false)
        _ = try split.run()
        var pairs: [MeasuredPair] = []
        for number in 0..<repetitions {
            let pair = try pair(split, whole, isLimitFirst: number % 2 == 0)
            Progress.say(
                "\(drop.name), \(number + 1) of \(repetitions): limit \(Self.text(pair.limitSeconds)) s, "
                    + "of whole files \(Self.text(pair.wholeLimitSeconds)) s, receipt \(Self.text(pair.receiptSeconds)) s, all \(Self.text(pair.ingestSeconds)) s"
            )
            pairs.append(pair)
        }
        return CaseFigures(drop, facilities: facilities, pairs: pairs)
    }

    private func limit(isSplit: Bool) throws(BenchError) -> PhysicalLimit {
        PhysicalLimit(
            plan: try LimitPlan(drop, copies: facilities, isSplit: isSplit), folder: workFolder + "/limit")
    }

    private func pair(
        _ split: PhysicalLimit, _ whole: PhysicalLimit, isLimitFirst: Bool
    ) throws(BenchError) -> MeasuredPair {
        let early = isLimitFirst ? try cost(split) : nil
        let ingest = try IngestRun.measure(drop, facilities: facilities, root: workFolder + "/site")
        let limit = if let early { early } else { try cost(split) }
        return MeasuredPair(
            limitSeconds: limit.seconds, limitProcessorSeconds: limit.processorSeconds,
            wholeLimitSeconds: try cost(whole).seconds, digestSeconds: try DigestFloor.seconds(drop),
            ingestSeconds: ingest.seconds, receiptSeconds: ingest.receiptSeconds,
            processorSeconds: ingest.processorSeconds, peakByteCount: ingest.account.peakByteCount)
    }

    /// Everything older is on the disk before the clock starts.
    private func cost(_ limit: PhysicalLimit) throws(BenchError) -> PhysicalLimit.Cost {
        sync()
        try FreeMemory.use(drop.byteCount * Int64(facilities), in: workFolder)
        return try limit.run()
    }

    private static func text(_ seconds: Double) -> String {
        "\((seconds * 1000).rounded() / 1000)"
    }
}
