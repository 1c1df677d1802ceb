// What `rebuild` writes: drops and their outcomes as the packs tell them, without receipts or work.

internal import Foundation
internal import GRDB
package import Files

extension Catalog {
    /// Makes the row of a drop that an earlier catalogue had committed.
    ///
    /// - Parameters:
    ///   - id: The number that it had.
    ///   - at: When it was received.
    package func restoreDrop(
        _ id: DropID, party: String, name: FileName, sha256: SHA256Digest, byteCount: Int64, attested: Bool, at: String
    ) throws(CatalogError) -> DropRecord {
        try write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    INSERT INTO intake (id, party, kind, name, state, is_folder, signature, first_seen_at, changed_at,
                        attested, sha256, byte_count, received_at)
                    VALUES (?, ?, 'images', ?, 'claimed', 0, 0, ?, ?, ?, ?, ?, ?) RETURNING *
                    """,
                arguments: [id.number, party, Data(name.bytes), at, at, attested, Data(sha256.bytes), byteCount, at])
            guard let row, let record = DropRecord(row) else {
                throw CatalogError.database("the drop \(name) came back empty")
            }
            return record
        }
    }

    /// Writes a drop's outcome again; nothing is published.
    package func restore(_ outcome: DropOutcome, of drop: DropRecord, at: String) throws(CatalogError) {
        try write { database in
            let party = try Self.partyRow(database, drop.party)
            try database.execute(sql: "UPDATE party SET generation = generation + 1 WHERE id = ?", arguments: [party])
            try OutcomeWriter(database: database, drop: drop, party: party, outcome: outcome, at: at).write()
            try Self.append(
                database,
                LedgerEvent(
                    act: "rebuilt:\(drop.id)", at: at, kind: .catalogRebuilt, party: drop.party, drop: drop.id,
                    detail: "taken from the archive"))
        }
    }
}
