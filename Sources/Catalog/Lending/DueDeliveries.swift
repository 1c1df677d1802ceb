// How far the answers to requests are, for people who wait for them.
//
// Reads only.

internal import GRDB

/// An answer that does not lie there yet.
package struct DueDelivery: Sendable, Equatable {
    package let party: String
    package let name: String
    package let askedAt: String
    package let examCount: Int
    /// Exams that were granted or denied.
    package let decidedCount: Int
    package let grantedCount: Int
    /// Exams whose files are made.
    package let madeCount: Int
    package let byteCount: Int64
}

extension Catalog {
    /// Answers that are due, oldest first.
    package func dueDeliveries() throws(CatalogError) -> [DueDelivery] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT publication.party, publication.name, request.asked_at, exam_count,
                        (SELECT COUNT(*) FROM lending_grant WHERE request_id = request.id) AS granted,
                        (SELECT COUNT(*) FROM denial WHERE request_id = request.id AND NOT EXISTS (
                            SELECT 1 FROM lending_grant WHERE lending_grant.request_id = denial.request_id
                                AND lending_grant.position = denial.position)) AS denied,
                        (SELECT COUNT(DISTINCT grant_id) FROM release JOIN lending_grant
                            ON lending_grant.id = grant_id WHERE request_id = request.id) AS made,
                        (SELECT COALESCE(SUM(byte_count), 0) FROM release JOIN lending_grant
                            ON lending_grant.id = grant_id WHERE request_id = request.id AND version = 1) AS bytes
                    FROM publication JOIN request ON request.id = subject_id
                    WHERE subject = 'delivery' AND state = 'due' AND withdrawal_id IS NULL ORDER BY publication.id
                    """
            ).map {
                DueDelivery(
                    party: $0["party"], name: $0["name"], askedAt: $0["asked_at"], examCount: $0["exam_count"],
                    decidedCount: ($0["granted"] as Int) + ($0["denied"] as Int), grantedCount: $0["granted"],
                    madeCount: $0["made"], byteCount: $0["bytes"])
            }
        }
    }

    /// The ledger's acts by which something came to lie in an outbound folder, was picked up or withdrawn, oldest first.
    ///
    /// - Parameter place: `northside/deliveries/R-77`
    package func publicationActs(of place: String) throws(CatalogError) -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                kept: """
                    SELECT act FROM event WHERE kind IN ('published', 'acknowledged', 'withdrawn') AND detail = ? ORDER BY id
                    """,
                arguments: [place])
        }
    }
}
