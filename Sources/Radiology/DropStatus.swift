// The status of a drop's receipt, decided from what came of its files.
//
// Pure: counts in, status out.

/// How many files of a drop ended how.
package struct FileTally: Sendable, Equatable {
    package var stored = 0
    package var duplicate = 0
    package var conflict = 0
    package var ignored = 0
    package var damaged = 0
    package var refused = 0

    package init() {}

    /// Files whose bytes the archive holds.
    package var good: Int { stored + duplicate + conflict }
    package var bad: Int { damaged + refused }
}

package enum DropStatus: String, Sendable {
    case accepted, duplicate, partial, quarantined, refused, incomplete

    /// The status of an images drop.
    ///
    /// - Parameter isBroken: Whether the bundle itself is damaged, or hit a limit, before its end.
    package static func ofImages(_ tally: FileTally, isBroken: Bool) -> DropStatus {
        if tally.good == 0 { return .quarantined }
        if tally.bad > 0 || isBroken { return .partial }
        return tally.stored + tally.conflict > 0 ? .accepted : .duplicate
    }
}
