// Notices and results: told once, and determined in versions.
//
// Invariants: a notice of one name is made once for each exam; a determination is never changed, a later one supersedes
// it. Both come with the publications that follow from them, in one transaction.

internal import Foundation
internal import GRDB
package import Files

/// A notice that management gets.
package struct NoticeRecord: Sendable, Equatable {
    package let id: Int64
    package let study: Int64
    package let examKey: String
    /// `quorum-2`, `quorum-all`.
    package let name: String
    package let count: Int
    package let total: Int
    package let at: String
}

/// A version of an exam's result.
package struct DeterminationRecord: Sendable, Equatable {
    package let id: Int64
    package let study: Int64
    package let examKey: String
    package let version: Int
    package let status: String
    package let label: String?
    package let ruleVersion: String
    /// SHA-256 over everything that it was determined from.
    package let inputs: SHA256Digest
    package let determinedAt: String
    /// The result document, JSON.
    package let content: String

    init?(_ row: Row) {
        guard let inputs = Catalog.digest(row["inputs"]) else { return nil }
        id = row["id"]
        study = row["study_id"]
        examKey = row["exam_key"]
        version = row["version"]
        status = row["status"]
        label = row["label"]
        ruleVersion = row["rule_version"]
        self.inputs = inputs
        determinedAt = row["determined_at"]
        content = row["content"]
    }
}

/// A determination that is to be stored.
package struct NewDetermination: Sendable {
    package let study: Int64
    package let version: Int
    package let status: String
    package let label: String?
    package let ruleVersion: String
    package let inputs: SHA256Digest
    package let content: String
    /// Who has to read the exam because of it.
    package let assignments: [NewAssignment]
    package let protocolID: String
    /// Parties, and the endings of the files that each gets: `json html csv`.
    package let recipients: [(party: String, endings: [String])]
    /// What the facility's chart systems are told.
    package let chartResults: [ChartResult]

    package init(
        study: Int64, version: Int, status: String, label: String?, ruleVersion: String, inputs: SHA256Digest,
        content: String, assignments: [NewAssignment], protocolID: String,
        recipients: [(party: String, endings: [String])], chartResults: [ChartResult]
    ) {
        self.study = study
        self.version = version
        self.status = status
        self.label = label
        self.ruleVersion = ruleVersion
        self.inputs = inputs
        self.content = content
        self.assignments = assignments
        self.protocolID = protocolID
        self.recipients = recipients
        self.chartResults = chartResults
    }
}

extension Catalog {
    /// Makes notices that were not made yet, asks for them to be published, and assigns the readers of a further round.
    ///
    /// - Parameters:
    ///   - seen: The exam's change that this answers: one that came meanwhile stays.
    ///   - offices: Who gets them.
    package func conclude(
        _ seen: ChangedExam, notices: [(name: String, count: Int, total: Int)], offices: [String],
        protocolID: String, assignments: [NewAssignment], at: String
    ) throws(CatalogError) {
        try write { database in
            for notice in notices {
                try database.execute(
                    kept: """
                        INSERT INTO notice (study_id, name, count, total, at) VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (study_id, name) DO NOTHING
                        """,
                    arguments: [seen.study, notice.name, notice.count, notice.total, at])
                guard database.changesCount == 1 else { continue }
                let id = database.lastInsertedRowID
                try Self.append(
                    database,
                    LedgerEvent(
                        act: "notice:\(seen.study):\(notice.name)", at: at, kind: .quorumReached, party: "",
                        study: seen.study, detail: "\(notice.count) of \(notice.total) diagnoses"))
                for office in offices {
                    try Self.publish(
                        database,
                        Publication(
                            party: office, kind: "notices", name: "\(seen.examKey).\(notice.name).json",
                            subject: .notice, subjectID: id),
                        isNewContent: false, at: at)
                }
            }
            if !assignments.isEmpty {
                try Self.assign(database, study: seen.study, protocolID: protocolID, assignments, at: at)
            }
            try Self.clearChange(database, seen, .reads)
        }
    }

    package func notice(_ id: Int64) throws(CatalogError) -> NoticeRecord? {
        try read { database in
            try Row.fetchOne(
                database,
                kept: "SELECT notice.*, exam_key FROM notice JOIN study ON study.id = study_id WHERE notice.id = ?",
                arguments: [id]
            ).map { Self.noticeRecord($0) }
        }
    }

    static func noticeRecord(_ row: Row) -> NoticeRecord {
        NoticeRecord(
            id: row["id"], study: row["study_id"], examKey: row["exam_key"], name: row["name"], count: row["count"],
            total: row["total"], at: row["at"])
    }

    /// All versions of an exam's result, oldest first.
    package func determinations(study: Int64) throws(CatalogError) -> [DeterminationRecord] {
        try determinations("study_id = ?", [study])
    }

    package func determination(_ id: Int64) throws(CatalogError) -> DeterminationRecord? {
        try determinations("determination.id = ?", [id]).first
    }

    /// The newest version of each exam's result, by key.
    package func latestDeterminations() throws(CatalogError) -> [DeterminationRecord] {
        try determinations(
            "version = (SELECT MAX(version) FROM determination AS other WHERE other.study_id = determination.study_id)",
            [])
    }

    private func determinations(
        _ condition: String, _ arguments: StatementArguments
    ) throws(CatalogError) -> [DeterminationRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT determination.*, exam_key FROM determination JOIN study ON study.id = study_id
                    WHERE \(condition) ORDER BY exam_key, version
                    """,
                arguments: arguments
            ).compactMap { DeterminationRecord($0) }
        }
    }

    /// Stores a version of a result.
    ///
    /// - Returns: false when that version is there already: another run was faster.
    package func determine(_ new: NewDetermination, at: String) throws(CatalogError) -> Bool {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO determination (study_id, version, status, label, rule_version, inputs, determined_at,
                        content) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (study_id, version) DO NOTHING
                    """,
                arguments: [
                    new.study, new.version, new.status, new.label, new.ruleVersion, Data(new.inputs.bytes), at,
                    new.content,
                ])
            guard database.changesCount == 1 else { return false }
            let id = database.lastInsertedRowID
            try Self.append(
                database,
                LedgerEvent(
                    act: "determined:\(new.study):\(new.version)", at: at, kind: .determined, party: "",
                    study: new.study, detail: "version \(new.version): \(new.label ?? new.status)"))
            if !new.assignments.isEmpty {
                try Self.assign(database, study: new.study, protocolID: new.protocolID, new.assignments, at: at)
            }
            for result in new.chartResults { try Self.tell(database, result, determination: id) }
            try Self.publishResult(database, id, new, at: at)
            return true
        }
    }

    private static func publishResult(
        _ database: Database, _ id: Int64, _ new: NewDetermination, at: String
    ) throws {
        guard
            let key = try String.fetchOne(
                database, kept: "SELECT exam_key FROM study WHERE id = ?", arguments: [new.study])
        else { return }
        for (party, endings) in new.recipients + new.chartResults.map({ ($0.party, $0.endings) }) {
            for ending in endings {
                try publish(
                    database,
                    Publication(
                        party: party, kind: "results", name: "\(key).v\(new.version).\(ending)", subject: .result,
                        subjectID: id),
                    isNewContent: false, at: at)
            }
        }
    }

    /// Exams that have readers, and what of them is to be looked at by a determination.
    ///
    /// - Parameter changedOnly: Whether only those are meant that something came for since they were determined.
    package func examsToDetermine(changedOnly: Bool) throws(CatalogError) -> [ChangedExam] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT DISTINCT study.id AS study_id, exam_key, COALESCE(changed_at, '') AS changed_at,
                        COALESCE(revision, 0) AS revision
                    FROM assignment JOIN study ON study.id = assignment.study_id
                    LEFT JOIN exam_change ON exam_change.study_id = study.id AND what = 'result'
                    WHERE ? OR (deleted_at IS NULL AND (changed_at IS NOT NULL
                        OR NOT EXISTS (SELECT 1 FROM determination WHERE determination.study_id = study.id)))
                    ORDER BY exam_key
                    """,
                arguments: [!changedOnly]
            ).map {
                ChangedExam(
                    study: $0["study_id"], examKey: $0["exam_key"], changedAt: $0["changed_at"],
                    revision: $0["revision"], isDeclaredWhole: false)
            }
        }
    }
}
