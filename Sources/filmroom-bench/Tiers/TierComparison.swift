// Demotion, recall and the pipe of one case, in turns, so that whatever else the machine does meets all.

import Files
import Glibc
import Pipeline
import Stages

struct TierComparison {
    let drop: CorpusDrop
    let workFolder: String
    let repetitions: Int

    private var root: String { workFolder + "/site" }
    private var pipeFile: String { workFolder + "/pipe.tar.zst" }

    func figures() throws(BenchError) -> TierFigures {
        let byteCount = try fill()
        var rows: [(pipe: Double, demote: Double, recall: Double)] = []
        var peak: Int64 = 0
        var stored: (pipe: Int64, own: Int64) = (0, 0)
        for number in 1...repetitions {
            let pipe = try pipe()
            let demote = try move(.demote)
            stored = (Paths.status(pipeFile)?.byteCount ?? 0, demote.account.movedByteCount)
            let recall = try move(.recall)
            peak = max(peak, demote.account.peakByteCount, recall.account.peakByteCount)
            rows.append((pipe, demote.seconds, recall.seconds))
            Progress.say("\(drop.kind.rawValue), \(number) of \(repetitions)")
        }
        try BenchError.wrap { try OpenDirectory.open(workFolder).removeTree(FileName("site")) }
        return TierFigures(
            name: drop.kind.rawValue, byteCount: byteCount, pipeSeconds: Statistics.median(rows.map(\.pipe)),
            demoteSeconds: Statistics.median(rows.map(\.demote)), recallSeconds: Statistics.median(rows.map(\.recall)),
            pipeByteCount: stored.pipe, storedByteCount: stored.own, peakByteCount: peak)
    }

    /// - Returns: The bytes of the packs.
    private func fill() throws(BenchError) -> Int64 {
        let site = try BenchSite(root: root)
        try site.place(drop, facilities: 1)
        let account = workFolder + "/account.json"
        let usage = try ChildProcess.start(
            ChildProcess.ownPath, [IngestOnceCommand.name, "--root", root, "--account", account]
        ).wait()
        guard usage.exitCode == 0 else { throw .programFailed("the ingest", exitCode: usage.exitCode) }
        let context = try BenchSite.open(root)
        return try BenchError.wrap { try context.catalog.storedByteCount() }
    }

    private func pipe() throws(BenchError) -> Double {
        sync()
        let start = SiteClock.monotonicNanoseconds
        // Read back from the medium, as a demotion does: `dd` has the kernel forget the file first.
        let script = """
            tar -cf - -C "$1" . | zstd -q -f -3 -T2 -o "$2" && sync "$2"
            dd if="$2" iflag=nocache count=0 status=none && zstd -qdc "$2" > /dev/null
            """
        try ChildProcess.run("sh", ["-ec", script, "sh", root + "/archive/fast", pipeFile], in: workFolder)
        return Double(SiteClock.monotonicNanoseconds - start) / 1e9
    }

    private func move(_ direction: TierOnceCommand.Direction) throws(BenchError) -> (
        seconds: Double, account: TierAccount
    ) {
        sync()
        let account = workFolder + "/tier.json"
        let start = SiteClock.monotonicNanoseconds
        let usage = try ChildProcess.start(
            ChildProcess.ownPath, [TierOnceCommand.name, direction.rawValue, "--root", root, "--account", account]
        ).wait()
        let seconds = Double(SiteClock.monotonicNanoseconds - start) / 1e9
        guard usage.exitCode == 0 else { throw .programFailed(direction.rawValue, exitCode: usage.exitCode) }
        return (seconds, try TierAccount.read(account))
    }
}
