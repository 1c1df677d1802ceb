// One part of a night's work, by a program of its own, so that its memory is its own too.

import Files
import Pipeline

struct NightWork {
    let root: String

    struct Cost {
        /// From the start of the program to its end.
        let seconds: Double
        let account: InvoiceAccount
    }

    func run(_ part: InvoiceOnceCommand.Part, asOf: String) throws(BenchError) -> Cost {
        let account = root + "/account.json"
        let start = SiteClock.monotonicNanoseconds
        let usage = try ChildProcess.start(
            ChildProcess.ownPath,
            [InvoiceOnceCommand.name, part.rawValue, "--root", root, "--as-of", asOf, "--account", account]
        ).wait()
        let seconds = Double(SiteClock.monotonicNanoseconds - start) / 1e9
        guard usage.exitCode == 0 else { throw .programFailed(part.rawValue, exitCode: usage.exitCode) }
        return Cost(seconds: seconds, account: try InvoiceAccount.read(account))
    }
}
