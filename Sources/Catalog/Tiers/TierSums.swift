// What lies in each tier and what is asked back, for people who ask how a site stands.
//
// Reads only.

internal import GRDB

/// What the catalogue counts on in a tier.
package struct TierSum: Sendable, Equatable {
    package let tier: String
    package let packCount: Int
    /// Bytes of its packs' tars, unpacked.
    package let byteCount: Int64
}

/// An exam that is asked back and not there yet.
package struct PendingRecall: Sendable, Equatable {
    package let examKey: String
    /// ISO 8601 with offset.
    package let askedAt: String
    package let reason: String
    package let attempt: Int
    package let lastError: String?
}

extension Catalog {
    package func tierSums() throws(CatalogError) -> [TierSum] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT tier, COUNT(*) AS packs, SUM(byte_count) AS bytes FROM pack GROUP BY tier"
            ).map { TierSum(tier: $0["tier"], packCount: $0["packs"], byteCount: $0["bytes"]) }
        }
    }

    /// Oldest first.
    package func pendingRecalls() throws(CatalogError) -> [PendingRecall] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT exam_key, exam_recall.asked_at, reason, attempt, last_error FROM exam_recall
                    JOIN study ON study.id = study_id ORDER BY exam_recall.asked_at, study_id
                    """
            ).map {
                PendingRecall(
                    examKey: $0["exam_key"], askedAt: $0["asked_at"], reason: $0["reason"], attempt: $0["attempt"],
                    lastError: $0["last_error"])
            }
        }
    }
}
