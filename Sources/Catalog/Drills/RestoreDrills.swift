// Restore drills: which exams there are to choose from, and what came of restoring those that were chosen.
//
// A drill is a fact, written when all of it is done: a killed one leaves nothing. Its report is kept as it was made.

internal import GRDB

/// An exam that a drill may choose.
package struct DrillCandidate: Sendable, Equatable {
    package let study: Int64
    package let examKey: String
    package let facility: String
    /// Of its packs; where they are in several, the first by name.
    package let tier: String

    package init(study: Int64, examKey: String, facility: String, tier: String) {
        self.study = study
        self.examKey = examKey
        self.facility = facility
        self.tier = tier
    }
}

/// What came of an exam in a drill.
package struct DrilledExam: Sendable, Equatable {
    package let study: Int64
    package let examKey: String
    package let instanceCount: Int
    package let byteCount: Int64
    /// What was wrong first; nil when it came back as it was stored.
    package let reason: String?

    package init(study: Int64, examKey: String, instanceCount: Int, byteCount: Int64, reason: String?) {
        self.study = study
        self.examKey = examKey
        self.instanceCount = instanceCount
        self.byteCount = byteCount
        self.reason = reason
    }
}

/// A drill that was done.
package struct DrillRecord: Sendable, Equatable {
    package let id: Int64
    package let seed: String
    /// ISO 8601 with offset.
    package let at: String
    package let examCount: Int
    package let failedCount: Int
    package let byteCount: Int64
    /// JSON.
    package let report: String
}

extension Catalog {
    /// Calls `body` with each exam that has packs.
    package func forEachDrillCandidate(_ body: (DrillCandidate) -> Void) throws(CatalogError) {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT study.id, exam_key, party.name AS facility, MIN(tier) AS tier
                    FROM pack JOIN series ON series.id = series_id JOIN study ON study.id = study_id
                    JOIN party ON party.id = party_id GROUP BY study.id, exam_key, party.name
                    """)
            while let row = try rows.next() {
                body(
                    DrillCandidate(
                        study: row["id"], examKey: row["exam_key"], facility: row["facility"], tier: row["tier"]))
            }
        }
    }

    /// The packs of an exam, by their row.
    package func drilledPacks(ofStudy study: Int64) throws(CatalogError) -> [PackRecord] {
        try packs(where: "study_id = ?", [study])
    }

    /// Notes a drill, what came of each exam, and has its report published.
    ///
    /// - Parameter offices: Who gets the report as a notice.
    package func record(
        drill seed: String, _ exams: [DrilledExam], report: String, offices: [String], at: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO drill (seed, at, exam_count, failed_count, byte_count, report) VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    seed, at, exams.count, exams.filter { $0.reason != nil }.count,
                    exams.reduce(0) { $0 + $1.byteCount }, report,
                ])
            let id = database.lastInsertedRowID
            for (position, exam) in exams.enumerated() {
                try database.execute(
                    kept: "INSERT INTO drill_exam (drill_id, position, study_id, reason) VALUES (?, ?, ?, ?)",
                    arguments: [id, position, exam.study, exam.reason])
                let outcome = exam.reason.map { "FAILED: \($0)" } ?? "came back as it was stored"
                try Self.append(
                    database,
                    LedgerEvent(
                        act: "drilled:\(id):\(exam.examKey)", at: at, kind: .restoreDrilled, party: "",
                        study: exam.study, instanceCount: exam.instanceCount, byteCount: exam.byteCount,
                        detail: "restore drill \(seed): \(outcome)"))
            }
            for office in offices {
                let notice = Publication(
                    party: office, kind: "notices", name: "drill.\(seed).json", subject: .drill, subjectID: id)
                try Self.publish(database, notice, isNewContent: true, at: at)
            }
        }
    }

    /// The drill of a row; nil when there is none.
    package func drill(_ id: Int64) throws(CatalogError) -> DrillRecord? {
        try drill(where: "id = ?", [id])
    }

    /// The drill that was done last; nil when there was none.
    package func latestDrill() throws(CatalogError) -> DrillRecord? {
        try drill(where: "id = (SELECT MAX(id) FROM drill)", [])
    }

    private func drill(where condition: String, _ arguments: StatementArguments) throws(CatalogError) -> DrillRecord? {
        try read { database in
            try Row.fetchOne(database, sql: "SELECT * FROM drill WHERE \(condition)", arguments: arguments).map {
                DrillRecord(
                    id: $0["id"], seed: $0["seed"], at: $0["at"], examCount: $0["exam_count"],
                    failedCount: $0["failed_count"], byteCount: $0["byte_count"], report: $0["report"])
            }
        }
    }

    /// When an exam was last restored in a drill, and what was wrong; nil when it never was.
    package func latestDrill(ofStudy study: Int64) throws(CatalogError) -> (at: String, seed: String, reason: String?)?
    {
        try read { database in
            try Row.fetchOne(
                database,
                kept: """
                    SELECT at, seed, reason FROM drill_exam JOIN drill ON drill.id = drill_id
                    WHERE study_id = ? ORDER BY drill_id DESC LIMIT 1
                    """,
                arguments: [study]
            ).map { ($0["at"], $0["seed"], $0["reason"]) }
        }
    }
}
