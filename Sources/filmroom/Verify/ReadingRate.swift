// A bound on how fast stored bytes are read, so that a verification leaves the disks to the workers.
//
// Invariant: after each thing that was read, the mean rate since the beginning is at most the bound; one that is large is
// read in one go, and waited for afterwards.

import ArgumentParser
import Foundation

/// Bytes a second: `50MB`, `500kB`, `1GiB`, or plain bytes.
struct ReadingRate: ExpressibleByArgument, Equatable {
    let bytesPerSecond: Int64

    private static let units: [(name: String, byteCount: Int64)] = [
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("B", 1), ("", 1),
    ]

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number > 0,
            let unit = Self.units.first(where: { $0.name == argument.dropFirst(digits.count) })
        else { return nil }
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: unit.byteCount)
        guard !isTooLarge else { return nil }
        bytesPerSecond = product
    }

    /// How long to wait now, when so much was read since then.
    ///
    /// - Returns: Seconds, not negative.
    func wait(afterReading byteCount: Int64, inSeconds elapsed: Double) -> Double {
        max(0, Double(byteCount) / Double(bytesPerSecond) - elapsed)
    }
}

/// Keeps to a bound while things are read.
struct ReadingPace {
    private let rate: ReadingRate?
    private let start = ContinuousClock.now
    private var byteCount: Int64 = 0

    /// - Parameter rate: nil for no bound.
    init(_ rate: ReadingRate?) {
        self.rate = rate
    }

    /// Waits until the mean rate since the beginning is no more than the bound.
    mutating func wait(afterReading count: Int64) {
        byteCount += count
        guard let rate else { return }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        Thread.sleep(forTimeInterval: rate.wait(afterReading: byteCount, inSeconds: elapsed))
    }
}
