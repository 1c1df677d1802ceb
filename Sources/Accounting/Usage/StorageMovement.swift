// StorageMovement owns one act that changed how many bytes of a facility lie in which tier, or that was of none.
//
// Invariant: a fact, never changed. Its id comes from the act itself, so that the same act is metered once.

/// Bytes that came, went, or moved from tier to tier.
package struct StorageMovement: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case stored, demoted, recalled, deleted
    }

    package let id: String
    package let kind: Kind
    /// The id of the facility that holds the data.
    package let party: String
    /// Seconds since 1970.
    package let atSeconds: Int64
    /// The key of an exam.
    package let exam: String
    /// What caused it: a drop (`d-000017`), a pack's digest, an order.
    package let cause: String
    /// Where the bytes are from now on; nil when they are gone.
    package let tier: String?
    /// Where they were until now; nil when they were not there.
    package let fromTier: String?
    /// Not below 0.
    package let byteCount: Int64
    /// When what is deleted was stored first, in seconds since 1970; nil for the other kinds.
    package let sinceSeconds: Int64?

    package init(
        id: String, kind: Kind, party: String, atSeconds: Int64, exam: String, cause: String, tier: String?,
        fromTier: String? = nil, byteCount: Int64, sinceSeconds: Int64? = nil
    ) {
        precondition(byteCount >= 0 && (tier != nil || fromTier != nil), "a movement is from or to somewhere")
        self.id = id
        self.kind = kind
        self.party = party
        self.atSeconds = atSeconds
        self.exam = exam
        self.cause = cause
        self.tier = tier
        self.fromTier = fromTier
        self.byteCount = byteCount
        self.sinceSeconds = sinceSeconds
    }

    /// What it does to the bytes of each tier.
    package var changes: [(tier: String, byteCount: Int64)] {
        guard tier != fromTier else { return [] }
        return [tier.map { ($0, byteCount) }, fromTier.map { ($0, -byteCount) }].compactMap { $0 }
    }
}
