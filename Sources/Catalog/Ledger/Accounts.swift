// Counts for people: what a run did, and what the catalogue holds.

internal import GRDB

/// What the catalogue holds.
package struct CatalogContents: Sendable, Equatable {
    package let exams: Int
    package let instances: Int
    package let packs: Int
    /// Of the packs.
    package let byteCount: Int64
    package let drops: Int
    /// Of the drops, those in quarantine.
    package let held: Int
}

/// What happened to drops since some moment.
package struct DropAccount: Sendable, Equatable {
    /// Drops that got their receipt, by its status.
    package let received: [String: Int]
    /// Drops whose sender was told that they are incomplete.
    package let incomplete: Int
}

extension Catalog {
    package func contents() throws(CatalogError) -> CatalogContents {
        try read { database in
            func count(_ sql: String) throws -> Int {
                try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(sql)") ?? 0
            }
            return CatalogContents(
                exams: try count("study WHERE deleted_at IS NULL"), instances: try count("instance"),
                packs: try count("pack"),
                byteCount: try Int64.fetchOne(database, kept: "SELECT COALESCE(SUM(byte_count), 0) FROM pack") ?? 0,
                drops: try count("intake WHERE state <> 'gone'"), held: try count("intake WHERE state = 'held'"))
        }
    }

    /// The number of the newest entry of the ledger: what happens from now on has greater ones.
    package func newestEvent() throws(CatalogError) -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT MAX(id) FROM event") ?? 0 }
    }

    /// What happened after an entry of the ledger, whoever did it.
    package func account(since event: Int64) throws(CatalogError) -> DropAccount {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                kept: """
                    SELECT COALESCE(status, '') AS status, COUNT(*) AS drops FROM event JOIN intake ON intake.id = drop_id
                    WHERE event.id > ? AND event.kind = ? GROUP BY status
                    """,
                arguments: [event, LedgerEvent.Kind.dropReceived.rawValue])
            let told = try Int.fetchOne(
                database, kept: "SELECT COUNT(DISTINCT drop_id) FROM event WHERE id > ? AND kind = ?",
                arguments: [event, LedgerEvent.Kind.dropIncomplete.rawValue])
            return DropAccount(
                received: Dictionary(uniqueKeysWithValues: rows.map { ($0["status"], $0["drops"]) }),
                incomplete: told ?? 0)
        }
    }
}
