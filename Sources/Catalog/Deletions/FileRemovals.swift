// Files of deleted exams that still lie in the archive: work, until each is gone.
//
// Invariants: a file is removed within a transaction that finds it still to be removed and nothing that is stored in it, so
// that whoever takes the same content in again does so before (and is told to wait) or after; removing it twice changes
// nothing. Nothing whose bytes are still to be removed is taken in.

internal import Foundation
internal import GRDB
package import Files

extension Catalog {
    /// Files that are still to be removed from these tiers, oldest first.
    package func pendingRemovals(in tiers: [String], limit: Int) throws(CatalogError) -> [DeletedFile] {
        try read { database in
            let marks = tiers.map { _ in "?" }.joined(separator: ", ")
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM exam_deletion_file WHERE state = 'pending' AND tier IN (\(marks)) ORDER BY id LIMIT \(limit)
                    """,
                arguments: StatementArguments(tiers)
            ).compactMap { DeletedFile($0) }
        }
    }

    /// Whether the file of a digest is one that is still to be removed.
    package func isPendingRemoval(digest: SHA256Digest) throws(CatalogError) -> Bool {
        try read { try Self.isPendingRemoval($0, digest: digest) }
    }

    static func isPendingRemoval(_ database: Database, digest: SHA256Digest) throws -> Bool {
        let statement = try database.cachedStatement(
            sql: "SELECT 1 FROM exam_deletion_file WHERE digest = ? AND state = 'pending'")
        return try Int.fetchOne(statement, arguments: [Data(digest.bytes)]) != nil
    }

    /// - Throws: `.removing` when one of these files is still to be removed.
    static func requireNoRemoval(_ database: Database, of digests: [SHA256Digest]) throws {
        for digest in digests where try isPendingRemoval(database, digest: digest) { throw CatalogError.removing }
    }

    /// Has files removed, while nobody else writes to the catalogue.
    ///
    /// - Parameter remove: Removes one for good; false when it could not.
    /// - Returns: How many are gone.
    package func endRemovals(
        of files: [DeletedFile], at: String, remove: (DeletedFile) -> Bool
    ) throws(CatalogError) -> Int {
        try write { database in
            var count = 0
            for file in files where try Self.isPending(database, file) {
                let state: DeletedFile.State
                if try Self.isStored(database, file) {
                    state = .kept
                } else if remove(file) {
                    state = .removed
                } else {
                    continue
                }
                try database.execute(
                    kept: "UPDATE exam_deletion_file SET state = ? WHERE id = ?", arguments: [state.rawValue, file.id])
                // What was put in its place meanwhile is gone with it.
                try database.execute(
                    kept: "UPDATE party SET generation = generation + 1 WHERE name = ?", arguments: [file.party])
                count += 1
            }
            try Self.endDeletions(database, at: at)
            return count
        }
    }

    private static func isPending(_ database: Database, _ file: DeletedFile) throws -> Bool {
        try Int.fetchOne(
            database, kept: "SELECT 1 FROM exam_deletion_file WHERE id = ? AND state = 'pending'", arguments: [file.id])
            != nil
    }

    /// Whether something that is stored lies in it.
    private static func isStored(_ database: Database, _ file: DeletedFile) throws -> Bool {
        let digest = Data(file.digest.bytes)
        switch file.kind {
        case .pack:
            return try Int.fetchOne(database, kept: "SELECT 1 FROM pack WHERE digest = ?", arguments: [digest]) != nil
        case .report:
            return try Int.fetchOne(
                database, kept: "SELECT 1 FROM report WHERE digest = ? AND party = ?", arguments: [digest, file.party])
                != nil
        }
    }

    /// Notes which deletions have left no file.
    private static func endDeletions(_ database: Database, at: String) throws {
        let ended = try Row.fetchAll(
            database,
            kept: """
                UPDATE exam_deletion SET removed_at = ? WHERE removed_at IS NULL AND NOT EXISTS (
                    SELECT 1 FROM exam_deletion_file WHERE deletion_id = exam_deletion.id AND state = 'pending')
                RETURNING id, study_id, drop_id, position, party
                """,
            arguments: [at])
        for row in ended {
            let drop = DropID(row["drop_id"])
            let files = try Row.fetchOne(
                database,
                kept: """
                    SELECT COUNT(*) AS files, COALESCE(SUM(byte_count), 0) AS bytes FROM exam_deletion_file
                    WHERE deletion_id = ? AND state = 'removed'
                    """,
                arguments: [row["id"] as Int64])
            try append(
                database,
                LedgerEvent(
                    act: "filesRemoved:\(drop):\(row["position"] as Int64)", at: at, kind: .filesRemoved,
                    party: row["party"], drop: drop, study: row["study_id"], byteCount: files?["bytes"],
                    detail: "\(files?["files"] as Int? ?? 0) files of the archive"))
        }
    }
}
