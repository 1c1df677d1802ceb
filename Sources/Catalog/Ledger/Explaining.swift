// `explain`: which drops and exams a text may mean, and which drops an exam came by.
//
// Reads only. Some of these questions have no index and read a whole table: a person asks them, now and then.

internal import Foundation
internal import GRDB

/// A drop that brought files of an exam.
package struct ExamDrop: Sendable, Equatable {
    package let drop: DropID
    /// How many of the exam's files in it have each status.
    package let statuses: [String: Int]
}

extension Catalog {
    /// Drops by their own name, oldest first.
    ///
    /// - Parameters:
    ///   - party: nil for any.
    ///   - kind: nil for any.
    package func drops(named name: String, party: String?, kind: String?) throws(CatalogError) -> [DropRecord] {
        try drops(
            where: "name = ? AND (? IS NULL OR party = ?) AND (? IS NULL OR kind = ?)",
            [Data(name.utf8), party, party, kind, kind])
    }

    /// Drops by the file name of their receipt, oldest first: parties may have receipts of one name.
    package func drops(receipt: String, party: String?) throws(CatalogError) -> [DropRecord] {
        try drops(where: "receipt = ? AND (? IS NULL OR party = ?)", [receipt, party, party])
    }

    /// Drops whose sender was told that they are incomplete, even if they completed since.
    package func dropsToldIncomplete() throws(CatalogError) -> [DropRecord] {
        try drops(where: "incomplete_at IS NOT NULL", [])
    }

    package func drops(digest: DigestPrefix) throws(CatalogError) -> [DropRecord] {
        try drops(where: "sha256 BETWEEN ? AND ?", [digest.low, digest.high])
    }

    /// The drops in which something came by a name that its sender gave it, such as a request's id.
    package func drops(itemNamed name: String) throws(CatalogError) -> [DropRecord] {
        try drops(where: "id IN (SELECT drop_id FROM drop_item WHERE name = ?)", [name])
    }

    private func drops(where condition: String, _ arguments: StatementArguments) throws(CatalogError) -> [DropRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM intake WHERE \(condition) ORDER BY id", arguments: arguments
            ).compactMap { DropRecord($0) }
        }
    }

    /// The drops that brought or repeated images of an exam, by number.
    package func drops(ofStudy study: Int64) throws(CatalogError) -> [ExamDrop] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                kept: """
                    SELECT drop_file.id / ?1 AS number, status, COUNT(*) AS files FROM drop_file
                    WHERE instance_id IN
                        (SELECT instance.id FROM instance JOIN series ON series.id = series_id WHERE study_id = ?2
                        UNION ALL SELECT instance_id FROM exam_deletion_instance
                            JOIN exam_deletion ON exam_deletion.id = deletion_id WHERE study_id = ?2)
                    GROUP BY number, status
                    """,
                arguments: [DropFileID.positionLimit, study])
            return Dictionary(grouping: rows) { $0["number"] as Int64 }.map { number, rows in
                ExamDrop(
                    drop: DropID(number),
                    statuses: Dictionary(uniqueKeysWithValues: rows.map { ($0["status"], $0["files"]) }))
            }.sorted { $0.drop < $1.drop }
        }
    }

    /// The exams whose packs have a digest, or had it before they were deleted.
    package func studies(packDigest digest: DigestPrefix) throws(CatalogError) -> [Int64] {
        try read { database in
            try Int64.fetchAll(
                database,
                kept: """
                    SELECT study_id FROM pack JOIN series ON series.id = series_id WHERE digest BETWEEN ?1 AND ?2
                    UNION SELECT study_id FROM exam_deletion_file JOIN exam_deletion ON exam_deletion.id = deletion_id
                    WHERE digest BETWEEN ?1 AND ?2 ORDER BY study_id
                    """,
                arguments: [digest.low, digest.high])
        }
    }
}
