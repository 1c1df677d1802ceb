// Tells how far a long piece of work has come: a bar on a terminal, a log line now and then otherwise.
//
// Says nothing about work that ends within two seconds. Called from any thread.

internal import CSystem
internal import Foundation
package import Logging

/// Progress of one piece of work, in bytes.
package final class Progress: @unchecked Sendable {
    private let title: String
    private let total: Int64
    private let logger: Logger
    private let columns: Int32
    private let lock = NSLock()
    private var done: Int64 = 0
    private let startedAt = SiteClock.monotonicNanoseconds
    private var lastShown: UInt64
    private var isShown = false

    private static let quietNanoseconds: UInt64 = 2_000_000_000
    private static let barNanoseconds: UInt64 = 100_000_000
    private static let lineNanoseconds: UInt64 = 10_000_000_000

    /// - Parameters:
    ///   - title: What is worked on.
    ///   - total: Bytes in all.
    package init(title: String, total: Int64, logger: Logger) {
        self.title = title
        self.total = total
        self.logger = logger
        columns = filmroom_terminal_columns(2)
        lastShown = startedAt
    }

    /// Notes that more is done.
    package func advance(_ byteCount: Int) {
        lock.lock()
        defer { lock.unlock() }
        done += Int64(byteCount)
        let now = SiteClock.monotonicNanoseconds
        guard now - startedAt >= Self.quietNanoseconds else { return }
        guard now - lastShown >= (columns > 0 ? Self.barNanoseconds : Self.lineNanoseconds) else { return }
        lastShown = now
        show(now)
    }

    /// Clears the bar.
    package func finish() {
        lock.lock()
        defer { lock.unlock() }
        if isShown, columns > 0 { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        isShown = false
    }

    private func show(_ now: UInt64) {
        isShown = true
        let seconds = Double(now - startedAt) / 1e9
        let rate = Double(done) / 1e6 / seconds
        let share = total > 0 ? min(1, Double(done) / Double(total)) : 0
        let figures = "\(done / 1_000_000) of \(total / 1_000_000) MB, \(Int(rate)) MB/s"
        guard columns > 0 else {
            logger.info("\(title): \(Int(share * 100)) %, \(figures)")
            return
        }
        let width = max(10, Int(columns) - title.count - figures.count - 12)
        let full = Int(share * Double(width))
        let bar = String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
        let line = "\r\u{1B}[K\(title) [\(bar)] \(Int(share * 100)) % \(figures)"
        FileHandle.standardError.write(Data(line.utf8))
    }
}
