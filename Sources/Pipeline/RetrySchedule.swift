// When a piece of work that failed is tried again: waits that grow up to a cap.
//
// Pure.

/// The waits between attempts.
package struct RetrySchedule: Sendable, Equatable {
    package let firstMilliseconds: Int64
    package let factor: Double
    package let capMilliseconds: Int64
    package let giveUpAfterMilliseconds: Int64

    package init(
        firstMilliseconds: Int64, factor: Double, capMilliseconds: Int64, giveUpAfterMilliseconds: Int64
    ) {
        self.firstMilliseconds = firstMilliseconds
        self.factor = factor
        self.capMilliseconds = capMilliseconds
        self.giveUpAfterMilliseconds = giveUpAfterMilliseconds
    }

    /// The wait after the given number of earlier failures.
    package func wait(afterFailures count: Int) -> Int64 {
        var wait = Double(firstMilliseconds)
        for _ in 0..<max(0, count) {
            wait *= factor
            if wait >= Double(capMilliseconds) { return capMilliseconds }
        }
        return min(Int64(wait), capMilliseconds)
    }

    /// Whether it has failed for so long that a person has to look.
    ///
    /// - Parameters: Milliseconds since 1970.
    package func isExhausted(firstFailedAt: Int64?, now: Int64) -> Bool {
        guard let firstFailedAt else { return false }
        return now - firstFailedAt >= giveUpAfterMilliseconds
    }
}
