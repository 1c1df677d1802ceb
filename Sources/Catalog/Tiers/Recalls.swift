// Exams that are wanted back in the fast tier.
//
// Invariant: asking again for what was asked for, or is there, changes nothing.

internal import GRDB

/// An exam that somebody wants back.
package struct DueRecall: Sendable {
    package let study: Int64
    package let examKey: String
    /// For people.
    package let reason: String
    /// How often it failed so far.
    package let attempt: Int

    package init(study: Int64, examKey: String, reason: String, attempt: Int) {
        self.study = study
        self.examKey = examKey
        self.reason = reason
        self.attempt = attempt
    }
}

extension Catalog {
    /// Asks for an exam, unless all of it is in the tier.
    ///
    /// - Parameters:
    ///   - tier: The one that it is wanted in.
    ///   - reason: For people.
    /// - Returns: false when it is there already.
    @discardableResult
    package func askForRecall(study: Int64, to tier: String, reason: String, at: String) throws(CatalogError) -> Bool {
        try write { try Self.ask($0, studies: [study], to: tier, reason: reason, at: at) > 0 }
    }

    /// Asks for what a reading of an exam shows: itself, and the earlier exams of its patient.
    package func askForRecall(ofReading study: Int64, to tier: String, at: String) throws(CatalogError) {
        let wanted = try read { database in
            try Int64.fetchAll(
                database,
                kept: """
                    SELECT DISTINCT prior.id FROM study AS own JOIN patient ON patient.id = own.patient_row
                    JOIN study AS prior ON prior.patient_row = own.patient_row
                        AND (prior.id = own.id OR (patient.patient_id <> '' AND prior.study_date <= own.study_date))
                    JOIN series ON series.study_id = prior.id JOIN pack ON pack.series_id = series.id
                    WHERE own.id = ? AND tier <> ?
                        AND NOT EXISTS (SELECT 1 FROM exam_recall WHERE exam_recall.study_id = prior.id)
                    ORDER BY prior.id
                    """,
                arguments: [study, tier])
        }
        // Mostly nothing is wanted: then nothing is written.
        guard !wanted.isEmpty else { return }
        _ = try write { try Self.ask($0, studies: wanted, to: tier, reason: "before a reading", at: at) }
    }

    private static func ask(
        _ database: Database, studies: [Int64], to tier: String, reason: String, at: String
    ) throws -> Int {
        var count = 0
        for study in studies {
            try database.execute(
                kept: """
                    INSERT INTO exam_recall (study_id, asked_at, reason)
                    SELECT study_id, ?, ? FROM series JOIN pack ON pack.series_id = series.id
                    WHERE study_id = ? AND tier <> ? GROUP BY study_id
                    ON CONFLICT (study_id) DO UPDATE SET not_before = 0
                    """,
                arguments: [at, reason, study, tier])
            count += database.changesCount
        }
        return count
    }

    /// Those that may be brought back now, in the order in which they were asked for.
    package func dueRecalls(now: Int64) throws(CatalogError) -> [DueRecall] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT study_id, exam_key, reason, attempt FROM exam_recall JOIN study ON study.id = study_id
                    WHERE not_before <= ? ORDER BY exam_recall.asked_at, study_id
                    """,
                arguments: [now]
            ).map {
                DueRecall(study: $0["study_id"], examKey: $0["exam_key"], reason: $0["reason"], attempt: $0["attempt"])
            }
        }
    }

    /// Ends a recall: all of the exam is back, which is a use of it.
    package func endRecall(study: Int64, at: String) throws(CatalogError) {
        try write { database in
            try database.execute(kept: "DELETE FROM exam_recall WHERE study_id = ?", arguments: [study])
            try Self.noteUse(database, study: study, at: at)
        }
    }

    /// Has a recall tried again later.
    ///
    /// - Parameter until: By the policy clock, in milliseconds since 1970.
    package func postponeRecall(study: Int64, until: Int64, error: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    UPDATE exam_recall SET attempt = attempt + 1, not_before = ?, last_error = ? WHERE study_id = ?
                    """,
                arguments: [until, error, study])
        }
    }
}
