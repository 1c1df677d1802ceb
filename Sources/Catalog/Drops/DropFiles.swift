// The lines of a receipt, read back in order and in pieces, so that a receipt of any length is written with
// bounded memory.

internal import Foundation
internal import GRDB
package import Files

/// One line of a receipt's `files`.
package struct DropFileRecord: Sendable {
    package let path: String
    package let status: String
    package let reason: String?
    package let byteCount: Int64?
    package let sha256: SHA256Digest?
    package let sopInstanceUID: String?
}

/// One exam of a receipt.
package struct DropExamRecord: Sendable {
    package let key: String
    package let studyInstanceUID: String
    package let accessionNumber: String
    package let patientID: String
    package let modalities: [String]
    package let instanceCount: Int
}

extension Catalog {
    /// Calls `body` with each file of a drop, in the drop's order.
    package func forEachFile(of drop: DropID, _ body: (DropFileRecord) throws -> Void) throws(CatalogError) {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT path, status, reason, COALESCE(instance.byte_count, gone.byte_count, drop_file.byte_count)
                            AS byte_count,
                        COALESCE(instance.sha256, gone.sha256, drop_file.sha256) AS sha256,
                        COALESCE(instance.sop_uid, gone.sop_uid, drop_file.sop_uid) AS sop_uid
                    FROM drop_file LEFT JOIN instance ON instance.id = drop_file.instance_id
                    LEFT JOIN exam_deletion_instance AS gone ON gone.instance_id = drop_file.instance_id
                    WHERE drop_file.id >= ? AND drop_file.id < ? ORDER BY drop_file.id
                    """,
                arguments: [drop.number * DropFileID.positionLimit, (drop.number + 1) * DropFileID.positionLimit])
            while let row = try rows.next() {
                try body(
                    DropFileRecord(
                        path: row[0], status: row[1], reason: row[2], byteCount: row[3],
                        sha256: (row[4] as Data?).flatMap { SHA256Digest([UInt8]($0)) }, sopInstanceUID: row[5]))
            }
        }
    }

    /// The exams that a drop's good files belong to, by key.
    ///
    /// `instanceCount` counts the exam's images that this drop has, duplicates of stored ones included, each once, and those
    /// that were deleted since.
    package func exams(of drop: DropID) throws(CatalogError) -> [DropExamRecord] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                kept: """
                    SELECT study.id AS study, exam_key, study_uid, accession_number, patient_id, modality,
                        COUNT(DISTINCT image) AS files
                    FROM (
                        SELECT study_id, modality, instance.id AS image FROM drop_file
                        JOIN instance ON instance.id = instance_id JOIN series ON series.id = series_id
                        WHERE drop_file.id >= ?1 AND drop_file.id < ?2
                        UNION ALL
                        SELECT study_id, modality, gone.instance_id FROM drop_file
                        JOIN exam_deletion_instance AS gone ON gone.instance_id = drop_file.instance_id
                        JOIN exam_deletion ON exam_deletion.id = deletion_id
                        WHERE drop_file.id >= ?1 AND drop_file.id < ?2
                    ) JOIN study ON study.id = study_id JOIN patient ON patient.id = patient_row
                    GROUP BY study.id, exam_key, study_uid, accession_number, patient_id, modality
                    ORDER BY exam_key, modality
                    """,
                arguments: [drop.number * DropFileID.positionLimit, (drop.number + 1) * DropFileID.positionLimit])
            return Dictionary(grouping: rows) { $0["study"] as Int64 }.values.compactMap { Self.exam($0) }
                .sorted { $0.key < $1.key }
        }
    }

    /// One exam of rows that differ in modality alone.
    private static func exam(_ rows: [Row]) -> DropExamRecord? {
        guard let first = rows.first else { return nil }
        return DropExamRecord(
            key: first["exam_key"], studyInstanceUID: first["study_uid"], accessionNumber: first["accession_number"],
            patientID: first["patient_id"], modalities: rows.map { $0["modality"] as String }.filter { !$0.isEmpty },
            instanceCount: rows.reduce(0) { $0 + ($1["files"] as Int) })
    }
}
