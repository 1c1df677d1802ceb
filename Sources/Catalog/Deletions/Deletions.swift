// Deletions as they were carried out: for people who ask, and for what was promised of an exam before.
//
// Reads only.

internal import GRDB

extension Catalog {
    /// The deletions of an exam, oldest first: it may have been stored again after one.
    package func deletions(study: Int64) throws(CatalogError) -> [DeletionRecord] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM exam_deletion WHERE study_id = ? ORDER BY id", arguments: [study]
            ).map { DeletionRecord($0) }
        }
    }

    /// The deletion that took away what a grant gave; nil when that is still there.
    package func deletion(of grant: GrantRecord) throws(CatalogError) -> DeletionRecord? {
        try read { try Self.deletion($0, of: grant) }
    }

    static func deletion(_ database: Database, of grant: GrantRecord) throws -> DeletionRecord? {
        try Row.fetchOne(
            database,
            kept: "SELECT * FROM exam_deletion WHERE study_id = ? AND instance_limit >= ? ORDER BY id DESC LIMIT 1",
            arguments: [grant.study, grant.instanceLimit]
        ).map { DeletionRecord($0) }
    }

    /// The images that a deletion took away, in the order of their storing.
    package func instances(ofDeletion id: Int64) throws(CatalogError) -> [DeletedInstance] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM exam_deletion_instance WHERE deletion_id = ? ORDER BY id",
                arguments: [id]
            ).compactMap { row in
                Self.digest(row["sha256"]).map {
                    DeletedInstance(sopInstanceUID: row["sop_uid"], byteCount: row["byte_count"], sha256: $0)
                }
            }
        }
    }

    /// The files that a deletion takes out of the archive.
    package func files(ofDeletion id: Int64) throws(CatalogError) -> [DeletedFile] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM exam_deletion_file WHERE deletion_id = ? ORDER BY id", arguments: [id]
            ).compactMap { DeletedFile($0) }
        }
    }

    /// How many files of deleted exams still lie in the archive.
    package func pendingRemovalCount() throws(CatalogError) -> Int {
        try read { database in
            try Int.fetchOne(database, kept: "SELECT COUNT(*) FROM exam_deletion_file WHERE state = 'pending'") ?? 0
        }
    }
}
