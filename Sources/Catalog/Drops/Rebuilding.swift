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
                kept: """
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

    /// Makes the row of a drop of reports that an earlier catalogue had committed, unless it is here.
    ///
    /// - Parameter id: The number that it had; where another drop has that, it gets a new one.
    package func restoreReportDrop(
        _ id: DropID, party: String, name: FileName, sha256: SHA256Digest, byteCount: Int64, attested: Bool, at: String
    ) throws(CatalogError) -> DropID {
        try write { database in
            let there = try Row.fetchOne(database, kept: "SELECT * FROM intake WHERE id = ?", arguments: [id.number])
            if let there, there["party"] == party, there["kind"] == "reports", Self.digest(there["sha256"]) == sha256 {
                return id
            }
            let isFree = there == nil && id.number > 0
            let number =
                try isFree
                ? id.number : Int64.fetchOne(database, kept: "SELECT COALESCE(MAX(id), 0) + 1 FROM intake") ?? 1
            try database.execute(
                kept: """
                    INSERT INTO intake (id, party, kind, name, state, is_folder, signature, first_seen_at, changed_at,
                        attested, sha256, byte_count, received_at, status)
                    VALUES (?, ?, 'reports', ?, 'done', 0, 0, ?, ?, ?, ?, ?, ?, 'accepted')
                    """,
                arguments: [number, party, Data(name.bytes), at, at, attested, Data(sha256.bytes), byteCount, at])
            let drop = DropID(number)
            try Self.append(
                database,
                LedgerEvent(
                    act: "rebuilt:\(drop)", at: at, kind: .catalogRebuilt, party: party, drop: drop,
                    detail: "taken from the archive"))
            return drop
        }
    }

    /// Writes a report of a drop again, with the line of its receipt; nothing is published.
    package func restore(_ report: ReportFacts, of drop: DropID, at: String) throws(CatalogError) {
        try write { database in
            try Self.insert(database, report, drop: drop, at: at)
            try database.execute(
                kept: """
                    INSERT INTO drop_item (drop_id, position, name, status, reason, party, sha256)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                arguments: [
                    drop.number, report.position, report.digest.hex, report.state.rawValue, report.reason,
                    report.party, Data(report.digest.bytes),
                ])
        }
    }

    /// Makes the row of a drop that lies in quarantine.
    ///
    /// - Parameter claimPath: Where, below `spool/`.
    package func restoreHeld(
        _ id: DropID, party: String, kind: String, name: FileName, isFolder: Bool, status: String, reason: String?,
        sha256: SHA256Digest?, byteCount: Int64, attested: Bool, at: String, claimPath: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO intake (id, party, kind, name, state, is_folder, signature, first_seen_at, changed_at,
                        claim_path, attested, sha256, byte_count, received_at, status, reason)
                    VALUES (?, ?, ?, ?, 'held', ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET state = 'held', claim_path = excluded.claim_path,
                        name = excluded.name, status = excluded.status, reason = excluded.reason
                    """,
                arguments: [
                    id.number, party, kind, Data(name.bytes), isFolder, at, at, claimPath, attested,
                    sha256.map { Data($0.bytes) }, byteCount, at, status, reason,
                ])
        }
    }

    /// Gives a drop the receipt that its party still has; makes the row of a drop of which nothing else is left.
    package func restoreReceipt(
        _ id: DropID, named receipt: String, party: String, kind: String, name: FileName, status: String,
        reason: String?, sha256: SHA256Digest, byteCount: Int64, attested: Bool, at: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO intake (id, party, kind, name, state, is_folder, signature, first_seen_at, changed_at,
                        attested, sha256, byte_count, received_at, status, reason, receipt)
                    VALUES (?, ?, ?, ?, 'done', 0, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET receipt = excluded.receipt
                        WHERE intake.party = excluded.party AND intake.sha256 = excluded.sha256
                    """,
                arguments: [
                    id.number, party, kind, Data(name.bytes), at, at, attested, Data(sha256.bytes), byteCount, at,
                    status, reason, receipt,
                ])
        }
    }

    /// Makes sure that drops to come have higher numbers than one that is in use somewhere.
    package func reserve(upTo id: DropID) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO intake (id, party, kind, name, state, is_folder, signature, first_seen_at, changed_at)
                    SELECT ?, '', '', ?, 'gone', 0, 0, '', '' WHERE NOT EXISTS (SELECT 1 FROM intake WHERE id >= ?)
                    """,
                arguments: [id.number, Data("-".utf8), id.number])
        }
    }

    /// Writes a drop's outcome again; nothing is published.
    package func restore(_ outcome: DropOutcome, of drop: DropRecord, at: String) throws(CatalogError) {
        try write { database in
            let party = try Self.partyRow(database, drop.party)
            try database.execute(kept: "UPDATE party SET generation = generation + 1 WHERE id = ?", arguments: [party])
            try OutcomeWriter(database: database, drop: drop, party: party, outcome: outcome, at: at).write()
            try Self.append(
                database,
                LedgerEvent(
                    act: "rebuilt:\(drop.id)", at: at, kind: .catalogRebuilt, party: drop.party, drop: drop.id,
                    detail: "taken from the archive"))
        }
    }
}
