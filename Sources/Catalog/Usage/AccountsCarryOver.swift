// Carries the accounts from the old catalogue into a rebuilt one: the usage ledger with its chain, closings, documents, drafts.
//
// Invariants: one transaction; the ledger is taken whole and in its order, so that its chain and the places that documents name
// in it hold; the sums are made anew from it. What the packs tell otherwise is metered after it.

internal import Foundation
internal import GRDB

struct AccountsCarryOver {
    let database: Database
    let old: OldCatalog
    /// Of the rebuild, in seconds since 1970.
    let atSeconds: Int64

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
        for party in try Int64.fetchAll(database, kept: "SELECT DISTINCT party_id FROM usage_event") {
            try UsageSums.remake(database, party: party)
        }
        try ClosedMonths.remake(database)
        try carryPublications()
        return try settle(found)
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

    /// Makes the ledger end at what the packs say of each exam, and tells of what it did not know.
    private func settle(_ found: [UsageRow]) throws -> [CarryOverGap] {
        let storedAt = Dictionary(found.map { ($0.exam ?? "", $0.atSeconds) }, uniquingKeysWith: max)
        var differences: [String: [(party: String, tier: String, bytes: Int64)]] = [:]
        for row in try Row.fetchAll(database, sql: Self.differences) {
            differences[row["exam"], default: []].append((row["party"], row["tier"], row["bytes"]))
        }
        var gaps: [CarryOverGap] = []
        for (exam, places) in differences.sorted(by: { $0.key < $1.key }) {
            let total = places.reduce(0) { $0 + $1.bytes }
            let surplus = places.filter { $0.bytes < 0 }.min { $0.tier < $1.tier }
            for place in places where place.bytes > 0 {
                // What lies in another tier than the ledger says was moved there; what it does not know was stored.
                let moved = min(place.bytes, max(0, -(surplus?.bytes ?? 0)))
                if moved > 0, let surplus {
                    try meterMove(exam, place.party, from: surplus.tier, to: place.tier, moved)
                }
                let isNew = place.bytes > moved
                if isNew { try meterStored(exam, place.party, place.tier, place.bytes - moved, storedAt[exam]) }
            }
            guard total != 0 else { continue }
            gaps.append(
                CarryOverGap(
                    exam: exam,
                    reason: total > 0
                        ? "\(total) bytes of it were not in the usage ledger, and are charged from when they were stored"
                        : "\(-total) bytes of it are charged and not in the archive"))
        }
        return gaps
    }

    private func meterMove(_ exam: String, _ party: String, from: String, to: String, _ bytes: Int64) throws {
        var row = UsageRow(
            act: "rebuilt:\(exam):\(from):\(to):\(atSeconds)", kind: "recalled", party: party, atSeconds: atSeconds,
            exam: exam, cause: "rebuild")
        row.tier = to
        row.fromTier = from
        row.byteCount = bytes
        _ = try Catalog.meter(database, row)
    }

    private func meterStored(_ exam: String, _ party: String, _ tier: String, _ bytes: Int64, _ at: Int64?) throws {
        var row = UsageRow(
            act: "rebuilt:\(exam):\(tier):\(atSeconds)", kind: "stored", party: party, atSeconds: at ?? atSeconds,
            exam: exam, cause: "rebuild")
        row.tier = tier
        row.byteCount = bytes
        _ = try Catalog.meter(database, row)
    }

    /// Bytes that the packs have more than the ledger says, by exam and tier.
    private static let differences = """
        SELECT party, exam, tier, SUM(bytes) AS bytes FROM (
            SELECT party.name AS party, exam_key AS exam, tier, instance.byte_count AS bytes FROM instance
            JOIN pack ON pack.id = pack_id JOIN series ON series.id = pack.series_id
            JOIN study ON study.id = study_id JOIN party ON party.id = study.party_id
            UNION ALL
            SELECT party.name, exam, tier, -byte_count FROM usage_event JOIN party ON party.id = party_id
            WHERE tier IS NOT NULL AND byte_count IS NOT NULL
            UNION ALL
            SELECT party.name, exam, from_tier, byte_count FROM usage_event JOIN party ON party.id = party_id
            WHERE from_tier IS NOT NULL AND byte_count IS NOT NULL
        ) GROUP BY party, exam, tier HAVING SUM(bytes) <> 0 ORDER BY exam, tier
        """
}

extension Catalog {
    /// - Parameter old: The catalogue that this one replaces; this one has its exams already.
    /// - Returns: What the ledger and the archive do not agree on.
    package func carryAccounts(from old: OldCatalog, at: String) throws(CatalogError) -> [CarryOverGap] {
        try write { try AccountsCarryOver(database: $0, old: old, atSeconds: try Self.seconds(at)).run() }
    }
}
