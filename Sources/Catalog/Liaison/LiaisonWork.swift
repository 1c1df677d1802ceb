// What liaison has to look at: patients whose chart changed, exams that came, pages and requests that are to be made.
//
// Written in the transaction of what causes it, so that nothing is missed.

internal import GRDB

/// Something that liaison has to look at.
package struct LiaisonDue: Sendable, Hashable {
    package enum Subject: String, Sendable {
        /// A patient whose chart changed.
        case patient
        /// An exam that has new images, or is deleted, held or free again.
        case exam
        /// A patient whose page is to be made anew.
        case page
        /// A patient for whose chart exams are to be asked for.
        case request
    }

    package let subject: Subject
    package let id: Int64
    /// Tells one change from a later one.
    package let revision: Int64
}

extension Catalog {
    static func noteLiaison(_ database: Database, _ subject: LiaisonDue.Subject, _ id: Int64, at: String) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO liaison_due (subject, subject_id, revision, noted_at) VALUES (?, ?, 1, ?)
                ON CONFLICT (subject, subject_id) DO UPDATE SET revision = liaison_due.revision + 1,
                    noted_at = excluded.noted_at
                """
        ).execute(arguments: [subject.rawValue, id, at])
    }

    /// Has the pages of an exam made anew that was given, or has a new report.
    static func noteDelivered(_ database: Database, study: Int64, at: String) throws {
        for patient in try linkedPatients(database, study: study) {
            try noteLiaison(database, .page, patient, at: at)
        }
    }

    /// Ends the links of an exam that is deleted, and has the pages that show it made anew.
    static func endLinks(_ database: Database, ofDeleted study: Int64, at: String) throws {
        for patient in try linkedPatients(database, study: study) {
            try noteLiaison(database, .patient, patient, at: at)
        }
        try database.execute(
            kept: """
                UPDATE chart_link SET ended_at = ?, ended_because = 'its exam was deleted'
                WHERE study_id = ? AND ended_at IS NULL
                """,
            arguments: [at, study])
        // A chart shows its patient's exams even where no entry belongs to them.
        try noteLiaison(database, .exam, study, at: at)
    }

    private static func linkedPatients(_ database: Database, study: Int64) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT DISTINCT patient_row FROM chart_link WHERE study_id = ? AND ended_at IS NULL"),
            arguments: [study])
    }

    /// What is to be looked at, in order.
    package func dueLiaison(_ subject: LiaisonDue.Subject, limit: Int) throws(CatalogError) -> [LiaisonDue] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: "SELECT subject_id, revision FROM liaison_due WHERE subject = ? ORDER BY subject_id LIMIT ?",
                arguments: [subject.rawValue, limit]
            ).map { LiaisonDue(subject: subject, id: $0["subject_id"], revision: $0["revision"]) }
        }
    }

    static func clear(_ database: Database, _ due: LiaisonDue) throws {
        try database.cachedStatement(
            sql: "DELETE FROM liaison_due WHERE subject = ? AND subject_id = ? AND revision = ?"
        ).execute(arguments: [due.subject.rawValue, due.id, due.revision])
    }

    package func clear(_ due: LiaisonDue) throws(CatalogError) { try write { try Self.clear($0, due) } }
}
