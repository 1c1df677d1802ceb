// What a scan of the incoming folders saw, written down: which drops wait, and since when unchanged.
//
// Invariant: one `waiting` row for each party, kind and name. A row is made at the first sight, so that a drop keeps
// its number whatever happens to the workers.

internal import Foundation
internal import GRDB
package import Files

/// A drop as a scan found it.
package struct Sighting: Sendable {
    package let party: String
    package let kind: String
    package let name: FileName
    package let isFolder: Bool
    /// A hash over what tells one state of it from another.
    package let signature: Int64

    package init(party: String, kind: String, name: FileName, isFolder: Bool, signature: Int64) {
        self.party = party
        self.kind = kind
        self.name = name
        self.isFolder = isFolder
        self.signature = signature
    }
}

extension Catalog {
    /// All drops that are not finished, by number.
    package func openDrops() throws(CatalogError) -> [DropRecord] {
        try read { database in
            // The second condition is the index's own: without it every drop there ever was is looked at.
            try Row.fetchAll(
                database,
                kept: "SELECT * FROM intake WHERE state IN ('waiting', 'claimed') AND state <> 'done' ORDER BY id"
            ).compactMap { DropRecord($0) }
        }
    }

    /// Writes down new and changed drops.
    ///
    /// - Parameter at: The policy clock's time.
    /// - Returns: The row of each sighting, in the order given.
    package func observe(_ sightings: [Sighting], at: String) throws(CatalogError) -> [DropRecord] {
        try write { database in
            try sightings.map { sighting in
                let row = try Row.fetchOne(
                    database,
                    kept: """
                        INSERT INTO intake (party, kind, name, state, is_folder, signature, first_seen_at, changed_at)
                        VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?)
                        ON CONFLICT (party, kind, name) WHERE state = 'waiting' DO UPDATE SET
                            changed_at = CASE WHEN intake.signature = excluded.signature
                                THEN intake.changed_at ELSE excluded.changed_at END,
                            is_folder = excluded.is_folder,
                            signature = excluded.signature
                        RETURNING *
                        """,
                    arguments: [
                        sighting.party, sighting.kind, Data(sighting.name.bytes), sighting.isFolder, sighting.signature,
                        at, at,
                    ])
                guard let row, let record = DropRecord(row) else {
                    throw CatalogError.database("a sighting of \(sighting.name) came back empty")
                }
                return record
            }
        }
    }

    /// Notes that a drop went away before it was taken.
    ///
    /// - Parameter state: Where it stood when that was seen.
    /// - Returns: false when it stands elsewhere meanwhile, and is left alone.
    package func markGone(_ drop: DropID, from state: DropRecord.State) throws(CatalogError) -> Bool {
        try write { database in
            try database.execute(
                kept: "UPDATE intake SET state = 'gone' WHERE id = ? AND state = ?",
                arguments: [drop.number, state.rawValue])
            guard database.changesCount == 1 else { return false }
            try database.execute(kept: "DELETE FROM work WHERE drop_id = ?", arguments: [drop.number])
            return true
        }
    }

    /// Notes that an `incomplete` receipt is out.
    ///
    /// - Parameter at: nil when it was taken back.
    package func markIncomplete(_ drop: DropID, at: String?, reason: String?) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "UPDATE intake SET incomplete_at = ?, reason = ? WHERE id = ?",
                arguments: [at, reason, drop.number])
            guard let at else { return }
            try Self.append(
                database,
                LedgerEvent(
                    act: "incomplete:\(drop):\(at)", at: at, kind: .dropIncomplete, party: "", drop: drop,
                    detail: reason))
        }
    }

    /// Notes that a drop is about to be moved to `path`, below `spool/`, out of its party's reach.
    package func markClaimed(_ drop: DropID, path: String, at: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    UPDATE intake SET state = 'claimed', claim_path = ?, received_at = COALESCE(received_at, ?)
                    WHERE id = ? AND state IN ('waiting', 'claimed')
                    """,
                arguments: [path, at, drop.number])
            guard database.changesCount == 1 else { throw CatalogError.leaseLost(work: drop.number) }
        }
    }

    /// Notes that a claimed drop is back in its incoming folder.
    package func markReturned(_ drop: DropID) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "UPDATE intake SET state = 'waiting', claim_path = NULL WHERE id = ? AND state = 'claimed'",
                arguments: [drop.number])
        }
    }

    /// Notes where a committed drop's source is now: nil when it is removed.
    package func markSource(_ drop: DropID, path: String?) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "UPDATE intake SET claim_path = ? WHERE id = ?", arguments: [path, drop.number])
        }
    }

    package func drop(_ id: DropID) throws(CatalogError) -> DropRecord? {
        try read { database in
            try Row.fetchOne(database, kept: "SELECT * FROM intake WHERE id = ?", arguments: [id.number])
                .flatMap { DropRecord($0) }
        }
    }

    /// Stored drops whose source the worker's account could not remove, by number.
    package func unremovedDrops() throws(CatalogError) -> [DropRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT * FROM intake WHERE state = 'done' AND claim_path IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM work WHERE drop_id = intake.id) ORDER BY id
                    """
            ).compactMap { DropRecord($0) }
        }
    }

    /// Drops in quarantine, by number.
    package func heldDrops() throws(CatalogError) -> [DropRecord] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM intake WHERE state = 'held' AND state <> 'done' ORDER BY id"
            ).compactMap { DropRecord($0) }
        }
    }

    /// Makes a new drop of one that is in quarantine; the old one is `done` then.
    package func release(_ drop: DropID, claimPath: String, at: String) throws(CatalogError) -> DropID {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO intake (party, kind, name, state, is_folder, signature, first_seen_at, changed_at,
                        claim_path, attested, received_at, released_from)
                    SELECT party, kind, name, 'claimed', is_folder, signature, ?, ?, ?, attested, ?, id
                    FROM intake WHERE id = ? AND state = 'held'
                    """,
                arguments: [at, at, claimPath, at, drop.number])
            guard database.changesCount == 1 else {
                throw CatalogError.database("\(drop) is not in quarantine; `filmroom quarantine list` shows what is")
            }
            let released = DropID(database.lastInsertedRowID)
            try database.execute(
                kept: "UPDATE intake SET state = 'done', claim_path = NULL WHERE id = ?", arguments: [drop.number])
            try Self.append(
                database,
                LedgerEvent(
                    act: "released:\(drop)", at: at, kind: .dropReleased, party: "", drop: drop,
                    detail: "taken anew as \(released)"))
            return released
        }
    }
}
