// Which unattested drops have settled: seen unchanged in two scans that are far enough apart.
//
// Time is monotonic and given by the caller, so that a clock that is set back or forth proves nothing.
// Forgets what is not in the newest scan.

/// Remembers since when each drop looks as it does.
package struct SettleWatch: Sendable {
    private struct Seen: Sendable {
        let signature: Signature
        let sinceNanoseconds: UInt64
    }

    package let settleNanoseconds: UInt64
    private var seen: [DropKey: Seen] = [:]

    package init(settleMilliseconds: Int64) {
        settleNanoseconds = UInt64(max(0, settleMilliseconds)) * 1_000_000
    }

    /// Takes in a scan.
    ///
    /// - Parameter now: Monotonic nanoseconds at the scan's start.
    package mutating func take(_ drops: [FoundDrop], now: UInt64) {
        var next: [DropKey: Seen] = [:]
        for drop in drops {
            if let before = seen[drop.key], before.signature == drop.contentSignature {
                next[drop.key] = before
            } else {
                next[drop.key] = Seen(signature: drop.contentSignature, sinceNanoseconds: now)
            }
        }
        seen = next
    }

    package func isSettled(_ drop: FoundDrop, now: UInt64) -> Bool {
        guard let since = seen[drop.key]?.sinceNanoseconds, now > since else { return false }
        return now - since >= settleNanoseconds
    }

    /// Nanoseconds until a drop can have settled; 0 when it has.
    package func remaining(_ drop: FoundDrop, now: UInt64) -> UInt64 {
        guard let since = seen[drop.key]?.sinceNanoseconds else { return settleNanoseconds }
        let age = now > since ? now - since : 0
        return age >= settleNanoseconds ? 0 : settleNanoseconds - age
    }
}
