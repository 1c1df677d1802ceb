// When a pack's drop was received, and which drop it was: kept in the pack's modification time, since the pack's own bytes
// say nothing that differs between two runs.
//
// Seconds are the time of receipt; nanoseconds are the drop's number, so that drops of one second keep their order and
// `rebuild` can give each its number back.

/// A pack's modification time, and what it means.
package struct PackStamp: Hashable, Comparable, Sendable {
    /// Seconds since 1970.
    package let receivedAt: Int64
    package let dropNumber: Int64

    private static let limit: Int64 = 1_000_000_000

    package init(receivedAt: Int64, dropNumber: Int64) {
        self.receivedAt = receivedAt
        self.dropNumber = dropNumber
    }

    /// - Parameter modified: Nanoseconds since 1970, as `stat` has them.
    package init(modified: Int64) {
        receivedAt = modified / Self.limit
        dropNumber = modified % Self.limit
    }

    var nanoseconds: Int { Int(dropNumber % Self.limit) }

    package static func < (left: PackStamp, right: PackStamp) -> Bool {
        (left.receivedAt, left.dropNumber) < (right.receivedAt, right.dropNumber)
    }
}
