// Every time that a file came: by its SOP Instance UID, or by its bytes.
//
// Reads only; goes over the files of all drops. Bounded by `limit`.

internal import Foundation
internal import GRDB
package import Files

/// One file of one drop, and what it is of.
package struct FileSighting: Sendable {
    package let drop: DropID
    package let path: String
    package let status: String
    package let reason: String?
    package let byteCount: Int64?
    package let sha256: SHA256Digest?
    package let sopInstanceUID: String?
    /// The stored instance that it is or equals; nil for what is not stored.
    package let stored: Stored?
    /// The key of the exam that it was of, when it was stored and is deleted.
    package let deletedExam: String?

    package struct Stored: Sendable {
        package let examKey: String
        package let isPrimary: Bool
        package let tier: String
        package let pack: SHA256Digest
    }

    init(_ row: Row) {
        drop = DropID((row["id"] as Int64) / DropFileID.positionLimit)
        path = row["path"]
        status = row["status"]
        reason = row["reason"]
        byteCount = row["byte_count"]
        sha256 = Catalog.digest(row["sha256"])
        sopInstanceUID = row["sop_uid"]
        deletedExam = row["deleted_exam"]
        if let key = row["exam_key"] as String?, let pack = Catalog.digest(row["digest"]) {
            stored = Stored(examKey: key, isPrimary: row["is_primary"], tier: row["tier"], pack: pack)
        } else {
            stored = nil
        }
    }
}

extension Catalog {
    /// Sightings that are given at most.
    package static let fileSightingLimit = 10_000

    /// Files with a SOP Instance UID, of any party, in the order in which their drops came.
    package func files(sopInstanceUID: String) throws(CatalogError) -> [FileSighting] {
        try read { database in
            let parties = try Int64.fetchAll(database, kept: "SELECT id FROM party ORDER BY id")
            let instances = try parties.flatMap { party in
                try Int64.fetchAll(
                    database, kept: "SELECT id FROM instance WHERE sop_key = ? AND sop_uid = ?",
                    arguments: [InstanceKey.make(party: party, uid: sopInstanceUID), sopInstanceUID])
            }
            let gone = try Int64.fetchAll(
                database,
                kept: "SELECT instance_id FROM exam_deletion_instance WHERE sop_uid = ? AND instance_id IS NOT NULL",
                arguments: [sopInstanceUID])
            // 0 is no instance's number.
            let known = Set([0] + instances + gone).sorted().map(String.init).joined(separator: ",")
            return try Self.files(
                database, where: "drop_file.instance_id IN (\(known)) OR drop_file.sop_uid = ?", [sopInstanceUID])
        }
    }

    /// Files whose bytes have a digest, of any party, in the order in which their drops came.
    package func files(digest: DigestPrefix) throws(CatalogError) -> [FileSighting] {
        try read { database in
            try Self.files(
                database,
                where: """
                    drop_file.instance_id IN (SELECT id FROM instance WHERE sha256 BETWEEN ?1 AND ?2
                        UNION ALL SELECT instance_id FROM exam_deletion_instance WHERE sha256 BETWEEN ?1 AND ?2)
                    OR drop_file.sha256 BETWEEN ?1 AND ?2
                    """,
                [digest.low, digest.high])
        }
    }

    private static func files(
        _ database: Database, where condition: String, _ arguments: StatementArguments
    ) throws -> [FileSighting] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT drop_file.id, path, status, drop_file.reason, study.exam_key, instance.is_primary, tier, digest,
                    COALESCE(instance.byte_count, gone.byte_count, drop_file.byte_count) AS byte_count,
                    COALESCE(instance.sha256, gone.sha256, drop_file.sha256) AS sha256,
                    COALESCE(instance.sop_uid, gone.sop_uid, drop_file.sop_uid) AS sop_uid,
                    deleted.exam_key AS deleted_exam
                FROM drop_file LEFT JOIN instance ON instance.id = drop_file.instance_id
                LEFT JOIN pack ON pack.id = pack_id LEFT JOIN series ON series.id = instance.series_id
                LEFT JOIN study ON study.id = series.study_id
                LEFT JOIN exam_deletion_instance AS gone ON gone.instance_id = drop_file.instance_id
                LEFT JOIN exam_deletion ON exam_deletion.id = gone.deletion_id
                LEFT JOIN study AS deleted ON deleted.id = exam_deletion.study_id
                WHERE \(condition) ORDER BY drop_file.id LIMIT \(fileSightingLimit)
                """,
            arguments: arguments
        ).map { FileSighting($0) }
    }
}
