// The newest notices, results and documents, each with whether its file lies in an office's folder. Reads only.
//
// Costs as much as is asked for: newest rows first, and one look into an index for each.

package import Accounting
internal import Foundation
internal import GRDB

/// A result, and whether its page lies with the office.
package struct NewestResult: Sendable {
    package let determination: DeterminationRecord
    package let isOut: Bool
}

/// A document, as a list tells of it.
package struct NewestDocument: Sendable, Equatable {
    package let number: String
    package let kind: Invoice.Kind
    package let facility: String
    package let month: String
    /// ISO 8601 with offset.
    package let issuedAt: String
    package let currency: String
    /// Minor units.
    package let net: Int64
    package let total: Int64
    /// Whether its page lies with the office.
    package let isOut: Bool
}

extension Catalog {
    /// What an office has is there until it is acknowledged or withdrawn.
    private static func isOut(_ kind: String, _ name: String) -> String {
        """
        EXISTS (SELECT 1 FROM publication WHERE publication.party = ? AND publication.kind = '\(kind)'
            AND publication.name = \(name) AND publication.state = 'out') AS is_out
        """
    }

    /// Notices of quorums, newest first.
    package func newestNotices(
        office: String, limit: Int
    ) throws(CatalogError) -> [(notice: NoticeRecord, isOut: Bool)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT notice.*, exam_key, \(Self.isOut("notices", "exam_key || '.' || notice.name || '.json'"))
                    FROM notice JOIN study ON study.id = study_id ORDER BY notice.id DESC LIMIT ?
                    """,
                arguments: [office, limit]
            ).map { (Self.noticeRecord($0), $0["is_out"]) }
        }
    }

    /// The newest versions of results, newest first. A version that a later one supersedes is left out.
    ///
    /// - Parameter limit: Versions that are looked at.
    package func newestResults(office: String, limit: Int) throws(CatalogError) -> [NewestResult] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT own.*, exam_key, \(Self.isOut("results", "exam_key || '.v' || own.version || '.html'"))
                    FROM (SELECT * FROM determination ORDER BY id DESC LIMIT ?) AS own JOIN study ON study.id = study_id
                    WHERE NOT EXISTS (SELECT 1 FROM determination AS later
                        WHERE later.study_id = own.study_id AND later.version > own.version)
                    ORDER BY own.id DESC
                    """,
                arguments: [office, limit]
            ).compactMap { row in
                DeterminationRecord(row).map { NewestResult(determination: $0, isOut: row["is_out"]) }
            }
        }
    }

    /// Invoices and notes, newest first.
    package func newestDocuments(office: String, limit: Int) throws(CatalogError) -> [NewestDocument] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT invoice.number, invoice.kind, party.name AS facility, month, issued_at, currency, net, total,
                        \(Self.isOut("invoices", "invoice.number || '.html'"))
                    FROM invoice JOIN party ON party.id = party_id ORDER BY invoice.id DESC LIMIT ?
                    """,
                arguments: [office, limit]
            ).map { row in
                guard let kind = Invoice.Kind(rawValue: row["kind"]) else {
                    throw CatalogError.database("the document \(row["number"] as String) is of no kind")
                }
                return NewestDocument(
                    number: row["number"], kind: kind, facility: row["facility"], month: row["month"],
                    issuedAt: row["issued_at"], currency: row["currency"], net: row["net"], total: row["total"],
                    isOut: row["is_out"])
            }
        }
    }

    /// The drafts of running months, by month and facility.
    package func drafts() throws(CatalogError) -> [(facility: String, month: String, draft: Invoice)] {
        try read { database in
            try Row.fetchAll(
                database,
                kept:
                    "SELECT name, month, content FROM invoice_draft JOIN party ON party.id = party_id ORDER BY month, name"
            ).map { ($0["name"], $0["month"], try JSONDecoder().decode(Invoice.self, from: $0["content"])) }
        }
    }
}
