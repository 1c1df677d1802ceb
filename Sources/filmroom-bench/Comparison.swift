// Ingest and physical limit of one drop, in alternation, so that whatever else the machine does meets both.

import Glibc

/// Measures one drop.
struct Comparison {
    let drop: CorpusDrop
    /// A folder of this program's own, on the file system of the corpus.
    let workFolder: String
    let repetitions: Int

    /// Runs all pairs. The limit runs once before, uncounted: it brings the drop's bytes into memory.
    func figures() throws(BenchError) -> CaseFigures {
        let limit = PhysicalLimit(plan: try LimitPlan(drop), folder: workFolder + "/limit")
        _ = try limit.seconds()
        var pairs: [MeasuredPair] = []
        for number in 0..<repetitions {
            let pair = try pair(limit, isLimitFirst: number % 2 == 0)
            Progress.say(
                "\(drop.name), \(number + 1) of \(repetitions): limit \(Self.text(pair.limitSeconds)) s, "
                    + "receipt \(Self.text(pair.receiptSeconds)) s, all \(Self.text(pair.ingestSeconds)) s")
            pairs.append(pair)
        }
        return CaseFigures(drop, pairs: pairs)
    }

    private func pair(_ limit: PhysicalLimit, isLimitFirst: Bool) throws(BenchError) -> MeasuredPair {
        var seconds = isLimitFirst ? try limitSeconds(limit) : 0
        let ingest = try IngestRun.measure(drop, root: workFolder + "/site")
        if !isLimitFirst { seconds = try limitSeconds(limit) }
        return MeasuredPair(
            limitSeconds: seconds, digestSeconds: try DigestFloor.seconds(drop), ingestSeconds: ingest.seconds,
            receiptSeconds: ingest.receiptSeconds, processorSeconds: ingest.processorSeconds,
            peakByteCount: ingest.account.peakByteCount)
    }

    /// Everything older is on the disk before the clock starts.
    private func limitSeconds(_ limit: PhysicalLimit) throws(BenchError) -> Double {
        sync()
        try FreeMemory.use(drop.byteCount, in: workFolder)
        return try limit.seconds()
    }

    private static func text(_ seconds: Double) -> String {
        "\((seconds * 1000).rounded() / 1000)"
    }
}
