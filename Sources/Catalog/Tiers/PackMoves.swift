// Packs on their way from one tier to another.
//
// Invariants: a pack has a row in `pack_move` from before its second copy is begun until one of the two is gone, so that a
// killed worker's copies are known; the catalogue's tier is changed only when the copy there was read back and compared;
// the row has one owner, and somebody else takes it over only when that one is dead.

internal import Foundation
internal import GRDB
package import Files

/// A move that nobody alive is at.
package struct AbandonedMove: Sendable {
    package let pack: PackRecord
    package let study: Int64
    /// Where a copy may lie besides that which the catalogue names.
    package let otherTier: String
}

extension Catalog {
    /// Begins to move a pack.
    ///
    /// - Returns: false when it is somewhere else by now, or gone, or somebody is at it.
    package func beginMove(_ pack: PackRecord, to tier: String, owner: String) throws(CatalogError) -> Bool {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO pack_move (pack_id, other_tier, owner) SELECT id, ?, ? FROM pack WHERE id = ? AND tier = ?
                    AND digest = ? ON CONFLICT (pack_id) DO NOTHING
                    """,
                arguments: [tier, owner, pack.pack, pack.tier, Data(pack.digest.bytes)])
            return database.changesCount == 1
        }
    }

    /// Notes that the pack's copy in the other tier is the one that counts from now on.
    ///
    /// - Parameters:
    ///   - kind: `.demoted` or `.recalled`.
    ///   - why: For people.
    /// - Throws: `.leaseLost` when somebody else has taken the move over.
    package func commitMove(
        _ pack: PackRecord, study: Int64, to tier: String, as kind: LedgerEvent.Kind, why: String, owner: String,
        at: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "UPDATE pack_move SET other_tier = ? WHERE pack_id = ? AND owner = ? AND other_tier = ?",
                arguments: [pack.tier, pack.pack, owner, tier])
            guard database.changesCount == 1 else { throw CatalogError.leaseLost(work: pack.pack) }
            try database.execute(kept: "UPDATE pack SET tier = ? WHERE id = ?", arguments: [tier, pack.pack])
            let earlier = try Int.fetchOne(
                database, kept: "SELECT COUNT(*) FROM event WHERE study_id = ? AND kind IN ('demoted', 'recalled')",
                arguments: [study])
            let bytes = try Int64.fetchOne(
                database, kept: "SELECT SUM(byte_count) FROM instance WHERE pack_id = ?", arguments: [pack.pack])
            let event = LedgerEvent(
                act: "\(kind.rawValue):\(pack.digest.hex):\((earlier ?? 0) + 1)", at: at, kind: kind,
                party: pack.facility, study: study, tier: tier, instanceCount: pack.memberCount, byteCount: bytes,
                detail: "from \(pack.tier), \(why); pack \(pack.digest.short)")
            try Self.append(database, event)
            try Self.meterMove(database, event, exam: pack.examKey, from: pack.tier, cause: pack.digest.hex)
        }
    }

    /// Ends a move: one copy is left, where the catalogue says.
    package func endMove(pack: Int64, owner: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "DELETE FROM pack_move WHERE pack_id = ? AND owner = ?", arguments: [pack, owner])
        }
    }

    /// Gives a move up, for a later run to find out which of the copies are sound.
    package func abandonMove(pack: Int64, owner: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "UPDATE pack_move SET owner = NULL WHERE pack_id = ? AND owner = ?", arguments: [pack, owner])
        }
    }

    /// Moves that were given up, or whose owner is dead.
    package func abandonedMoves(_ request: LeaseRequest) throws(CatalogError) -> [AbandonedMove] {
        let rows = try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT pack_id, other_tier, owner, study_id FROM pack_move JOIN pack ON pack.id = pack_id
                    JOIN series ON series.id = series_id ORDER BY pack_id
                    """
            ).filter { row in (row["owner"] as String?).map { request.deadOwners.contains($0) } ?? true }
                .map {
                    (pack: $0["pack_id"] as Int64, tier: $0["other_tier"] as String, study: $0["study_id"] as Int64)
                }
        }
        var moves: [AbandonedMove] = []
        for row in rows {
            guard let pack = try packs(where: "pack.id = ?", [row.pack]).first else { continue }
            moves.append(AbandonedMove(pack: pack, study: row.study, otherTier: row.tier))
        }
        return moves
    }

    /// Takes a move over.
    ///
    /// - Returns: false when somebody was faster, or it has changed.
    package func takeMove(_ move: AbandonedMove, _ request: LeaseRequest) throws(CatalogError) -> Bool {
        try write { database in
            let row = try Row.fetchOne(
                database,
                kept: """
                    SELECT owner FROM pack_move JOIN pack ON pack.id = pack_id
                    WHERE pack_id = ? AND other_tier = ? AND tier = ?
                    """,
                arguments: [move.pack.pack, move.otherTier, move.pack.tier])
            guard let row, (row["owner"] as String?).map({ request.deadOwners.contains($0) }) ?? true else {
                return false
            }
            try database.execute(
                kept: "UPDATE pack_move SET owner = ? WHERE pack_id = ?", arguments: [request.owner, move.pack.pack])
            return true
        }
    }

    /// Notes that a pack lies in another tier besides, as `rebuild` may find it.
    package func noteSecondCopy(digest: SHA256Digest, in tier: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO pack_move (pack_id, other_tier, owner) SELECT id, ?, NULL FROM pack WHERE digest = ?
                    ON CONFLICT (pack_id) DO NOTHING
                    """,
                arguments: [tier, Data(digest.bytes)])
        }
    }
}
