// Carries the accounts from the old catalogue into a rebuilt one: the usage ledger with its chain, closings, documents, drafts.
//
// Invariants: one transaction; the ledger is taken whole and in its order, so that its chain and the places that documents name
// in it hold; the sums are made anew from it. What the packs tell that the ledger does not know is metered after it.

internal import Foundation
internal import GRDB

struct AccountsCarryOver {
    let database: Database
    let old: OldCatalog

    /// - Returns: What the ledger and the archive do not agree on.
    func run() throws -> [CarryOverGap] {
        guard try old.has("usage_event") else { return [] }
        let found = try Row.fetchAll(
            database, sql: "\(UsageRow.query) WHERE kind = 'stored' ORDER BY usage_event.id"
        ).map { UsageRow($0) }
        for table in ["storage_day", "storage_balance", "fee_day", "usage_event", "account"] {
            try database.execute(sql: "DELETE FROM \(table)")
        }
        var parties: [Int64: Int64] = [:]
        for line in try old.lines("party") {
            guard let id = line["id"].flatMap({ Int64.fromDatabaseValue($0) }),
                let name = line["name"].flatMap({ String.fromDatabaseValue($0) })
            else { continue }
            parties[id] = try Catalog.partyRow(database, name)
        }
        for table in [
            "account", "fee", "usage_event", "late_usage", "invoice", "invoice_line", "billing_close", "billed_storage",
            "invoice_draft",
        ] {
            for line in try old.lines(table) { try insert(table, line, parties) }
        }
        for party in try Int64.fetchAll(database, sql: "SELECT DISTINCT party_id FROM usage_event") {
            try UsageSums.remake(database, party: party)
        }
        try carryPublications()
        return try meterUnknown(found)
    }

    private func insert(_ table: String, _ line: OldCatalog.Line, _ parties: [Int64: Int64]) throws {
        var line = line
        if let party = line["party_id"].flatMap({ Int64.fromDatabaseValue($0) }), let here = parties[party] {
            line["party_id"] = here.databaseValue
        }
        let names = line.keys.sorted()
        let marks = names.map { _ in "?" }.joined(separator: ", ")
        try database.execute(
            sql: "INSERT INTO \(table) (\(names.joined(separator: ", "))) VALUES (\(marks))",
            arguments: StatementArguments(names.map { line[$0] ?? .null }))
    }

    /// What lies in outbound folders of documents; their rows have kept their numbers.
    private func carryPublications() throws {
        for line in try old.lines("publication", where: "subject IN ('invoice', 'invoiceDraft')") {
            var line = line
            for key in ["id"] { line[key] = nil }
            line["owner"] = .null
            line["lease_until"] = .null
            try insert("publication", line, [:])
        }
    }

    /// Meters what is in the archive and not in the ledger, by drop and exam, and tells of it.
    private func meterUnknown(_ found: [UsageRow]) throws -> [CarryOverGap] {
        var gaps: [CarryOverGap] = []
        for row in found {
            // The tier may be another by now: the ledger has the first, and the moves after it.
            let stem = row.act.split(separator: ":").prefix(3).joined(separator: ":")
            let known = try Bool.fetchOne(
                database,
                sql:
                    "SELECT EXISTS (SELECT 1 FROM usage_event WHERE exam = ? AND kind = 'stored' AND act LIKE ? || ':%')",
                arguments: [row.exam, stem])
            guard known == false else { continue }
            _ = try Catalog.meter(database, row)
            gaps.append(
                CarryOverGap(
                    exam: row.exam,
                    reason:
                        "\(row.cause): its \(row.byteCount ?? 0) bytes were not in the usage ledger, and are charged from"
                        + " when they were stored"))
        }
        return gaps
    }
}

extension Catalog {
    /// - Parameter old: The catalogue that this one replaces; this one has its exams already.
    /// - Returns: What the ledger and the archive do not agree on.
    package func carryAccounts(from old: OldCatalog) throws(CatalogError) -> [CarryOverGap] {
        try write { try AccountsCarryOver(database: $0, old: old).run() }
    }
}
