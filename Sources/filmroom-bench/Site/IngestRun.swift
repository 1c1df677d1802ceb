// One ingest of one drop into a fresh site, by a program of its own, so that its memory is its own too.

import Files
import Pipeline

/// What one ingest took.
struct IngestRun {
    /// From the start of the program to its end: the source is removed by then, and the catalogue closed.
    let seconds: Double
    /// From the start of the work in an open site to the receipt in its place.
    let receiptSeconds: Double
    let account: IngestAccount
    let processorSeconds: Double

    /// Runs it, checks what came of it, and removes the site.
    ///
    /// - Parameters:
    ///   - facilities: How many drop it at the same time.
    ///   - root: Where the site is made.
    /// - Throws: `.wrongResult` when not every image of the drop is stored, or there is no receipt.
    static func measure(_ drop: CorpusDrop, facilities: Int, root: String) throws(BenchError) -> IngestRun {
        let site = try BenchSite(root: root)
        try site.place(drop, facilities: facilities)
        try FreeMemory.use(drop.byteCount * Int64(facilities), in: root)
        let accountPath = root + "/account.json"
        let start = SiteClock.monotonicNanoseconds
        let child = try ChildProcess.start(
            ChildProcess.ownPath, [IngestOnceCommand.name, "--root", root, "--account", accountPath])
        let usage = try child.wait()
        let seconds = Double(SiteClock.monotonicNanoseconds - start) / 1e9
        guard usage.exitCode == 0 else { throw .programFailed("the ingest", exitCode: usage.exitCode) }
        let account = try IngestAccount.read(accountPath)
        try check(account, drop, facilities: facilities, receiptCount: try site.receiptCount())
        let receipt = try site.newestReceiptMilliseconds()
        try site.remove()
        return IngestRun(
            seconds: seconds, receiptSeconds: Double(receipt - account.startedAtMilliseconds) / 1e3, account: account,
            processorSeconds: usage.processorSeconds)
    }

    private static func check(
        _ account: IngestAccount, _ drop: CorpusDrop, facilities: Int, receiptCount: Int
    ) throws(BenchError) {
        let fileCount = drop.files.count * facilities
        guard account.failedDropCount == 0, account.instanceCount == fileCount else {
            throw .wrongResult("\(account.instanceCount) of \(fileCount) images of \(drop.name) are stored")
        }
        guard receiptCount == facilities else { throw .wrongResult("\(drop.name) has \(receiptCount) receipts") }
    }
}
