// Which exams have to be looked at, because images or reads of theirs came.
//
// Written in the transaction of what changed, so that no change is missed; cleared by whoever looked.

internal import GRDB

/// What changed of an exam.
package enum ExamChange: String, Sendable {
    /// Images came: its packet may have to be made anew.
    case images
    /// Reads came: somebody may have to be told, or another round begins.
    case reads
    /// Something came that its result may depend on.
    case result
}

/// An exam that changed.
package struct ChangedExam: Sendable {
    package let study: Int64
    package let examKey: String
    /// ISO 8601; the last change.
    package let changedAt: String
    /// Tells one change from a later one.
    package let revision: Int64
    /// Whether the drop that brought it said that nothing else comes.
    package let isDeclaredWhole: Bool
}

extension Catalog {
    static func noteChange(
        _ database: Database, study: Int64, _ what: ExamChange, at: String, isDeclaredWhole: Bool = false
    ) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO exam_change (study_id, what, changed_at, is_declared_whole, revision)
                VALUES (?, ?, ?, ?, (SELECT COALESCE(MAX(id), 0) + 1 FROM event))
                ON CONFLICT (study_id, what) DO UPDATE SET changed_at = excluded.changed_at,
                    revision = excluded.revision, is_declared_whole = excluded.is_declared_whole
                """)
        try statement.execute(arguments: [study, what.rawValue, at, isDeclaredWhole])
    }

    static func clearChange(_ database: Database, _ seen: ChangedExam, _ what: ExamChange) throws {
        try database.execute(
            kept: "DELETE FROM exam_change WHERE study_id = ? AND what = ? AND revision = ?",
            arguments: [seen.study, what.rawValue, seen.revision])
    }

    /// Exams whose change nobody has looked at, oldest first.
    package func changedExams(_ what: ExamChange) throws(CatalogError) -> [ChangedExam] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT study_id, exam_key, changed_at, revision, is_declared_whole FROM exam_change
                    JOIN study ON study.id = study_id WHERE what = ? ORDER BY study_id
                    """,
                arguments: [what.rawValue]
            ).map {
                ChangedExam(
                    study: $0["study_id"], examKey: $0["exam_key"], changedAt: $0["changed_at"],
                    revision: $0["revision"],
                    isDeclaredWhole: $0["is_declared_whole"])
            }
        }
    }

    /// Notes that an exam was looked at, unless something came meanwhile.
    package func clearChange(_ seen: ChangedExam, _ what: ExamChange) throws(CatalogError) {
        try write { try Self.clearChange($0, seen, what) }
    }
}
