// Drafts of running months: what stands in the outbound folder until the month is closed.
//
// No facts: each night's draft takes the place of the one before. When the month is closed its draft goes.

package import Accounting
internal import Foundation
internal import GRDB

extension Catalog {
    /// The files of a draft.
    package static let draftEndings = ["json", "html"]

    /// Puts a draft in the place of the one before, where it says something else.
    ///
    /// - Returns: Whether it is another.
    package func putDraft(_ draft: Invoice, party: String, month: BillingMonth, at: String) throws(CatalogError) -> Bool
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try write { database in
            let content = try encoder.encode(draft)
            let row = try Self.partyRow(database, party)
            let isClosed = try Bool.fetchOne(
                database, kept: "SELECT EXISTS (SELECT 1 FROM billing_close WHERE party_id = ? AND month = ?)",
                arguments: [row, month.description])
            let before = try Data.fetchOne(
                database, kept: "SELECT content FROM invoice_draft WHERE party_id = ? AND month = ?",
                arguments: [row, month.description])
            guard isClosed == false, before != content else { return false }
            let id = try Int64.fetchOne(
                database,
                kept: """
                    INSERT INTO invoice_draft (party_id, month, made_at, content) VALUES (?, ?, ?, ?)
                    ON CONFLICT (party_id, month) DO UPDATE SET made_at = excluded.made_at, content = excluded.content
                    RETURNING id
                    """,
                arguments: [row, month.description, at, content])
            try Self.publishDraft(database, id: id ?? 0, party: party, month: month, at: at)
            return true
        }
    }

    /// Has a draft go, where there is one: nothing is charged any more for its month.
    package func dropDraft(party: String, month: BillingMonth, at: String) throws(CatalogError) {
        try write { database in
            guard let row = try Self.knownParty(database, party) else { return }
            try Self.dropDraft(database, party: row, name: party, month: month, at: at)
        }
    }

    /// The draft of a row; nil when the month is closed.
    package func draft(id: Int64) throws(CatalogError) -> Invoice? {
        try read { database in
            try Data.fetchOne(database, kept: "SELECT content FROM invoice_draft WHERE id = ?", arguments: [id])
                .map { try JSONDecoder().decode(Invoice.self, from: $0) }
        }
    }

    /// The draft of a month; nil when there is none.
    package func draft(party: String, month: BillingMonth) throws(CatalogError) -> Invoice? {
        try read { database in
            try Data.fetchOne(
                database,
                kept: """
                    SELECT content FROM invoice_draft JOIN party ON party.id = party_id WHERE name = ? AND month = ?
                    """,
                arguments: [party, month.description]
            ).map { try JSONDecoder().decode(Invoice.self, from: $0) }
        }
    }

    static func dropDraft(_ database: Database, party: Int64, name: String, month: BillingMonth, at: String) throws {
        let id = try Int64.fetchOne(
            database, kept: "DELETE FROM invoice_draft WHERE party_id = ? AND month = ? RETURNING id",
            arguments: [party, month.description])
        guard let id else { return }
        try publishDraft(database, id: id, party: name, month: month, at: at)
    }

    private static func publishDraft(
        _ database: Database, id: Int64, party: String, month: BillingMonth, at: String
    ) throws {
        for ending in draftEndings {
            let publication = Publication(
                party: party, kind: "invoices", name: "draft-\(month).\(ending)", subject: .invoiceDraft, subjectID: id)
            try publish(database, publication, isNewContent: true, at: at)
        }
    }
}
