// What the audit of links tells a facility, row by row.
//
// Reads only; nothing is held in memory.

internal import GRDB
package import Radiology

/// Something that a facility should know of its charts and exams.
package struct AuditFinding: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// An entry that belongs to no exam.
        case unmatchedEntry
        /// An exam that no entry belongs to.
        case unmatchedExam
        /// A link that nothing but the patient speaks for.
        case doubtful
        /// An exam that an entry names and that is another patient's.
        case held
        /// The same, where the office said whose it is.
        case settled
        /// A patient who was merged into another.
        case merge
    }

    package let kind: Kind
    /// Of the chart; of an exam that no entry belongs to, as its images have it.
    package let patient: PatientIdentity
    /// nil for exams without entries, and for merges.
    package let entry: String?
    package let exam: String?
    package let basis: LinkBasis?
    /// Whose exam it is, or who was merged: a patient id.
    package let other: String?
    /// A day or an instant: of the entry or exam, of the link, of the merge.
    package let time: String?
}

/// How much there is of charts and links.
package struct LiaisonCounts: Sendable, Equatable {
    package let patients: Int
    package let entries: Int
    package let exams: Int
    package let links: Int
}

extension Catalog {
    package func liaisonCounts(facility: String) throws(CatalogError) -> LiaisonCounts {
        try read { database in
            func count(_ sql: String) throws -> Int {
                try Int.fetchOne(database, sql: sql, arguments: [facility]) ?? 0
            }
            let owner = "JOIN chart_patient ON chart_patient.id = patient_row JOIN party ON party.id = party_id"
            return LiaisonCounts(
                patients: try count(
                    """
                    SELECT COUNT(*) FROM chart_patient JOIN party ON party.id = party_id
                    WHERE party.name = ? AND into_id IS NULL
                    """),
                entries: try count(
                    "SELECT COUNT(*) FROM chart_entry \(owner) WHERE party.name = ? AND is_current = 1"),
                exams: try count(
                    """
                    SELECT COUNT(*) FROM study JOIN party ON party.id = study.party_id
                    WHERE party.name = ? AND deleted_at IS NULL
                    """),
                links: try count(
                    """
                    SELECT COUNT(*) FROM chart_link \(owner)
                    WHERE party.name = ? AND ended_at IS NULL AND conflict IS NULL
                    """))
        }
    }

    /// Calls `body` with each finding of a kind, by patient.
    package func forEachAuditFinding(
        _ kind: AuditFinding.Kind, facility: String, _ body: (AuditFinding) throws -> Void
    ) throws(CatalogError) {
        try read { database in
            let rows = try Row.fetchCursor(database, sql: Self.auditQuery(kind), arguments: [facility])
            while let row = try rows.next() {
                try body(
                    AuditFinding(
                        kind: kind, patient: PatientIdentity(patientID: row["patient_id"], issuer: row["issuer"]),
                        entry: row["entry"], exam: row["exam"],
                        basis: (row["basis"] as String?).flatMap { LinkBasis(rawValue: $0) }, other: row["other"],
                        time: row["time"]))
            }
        }
    }

    private static func auditQuery(_ kind: AuditFinding.Kind) -> String {
        switch kind {
        case .unmatchedEntry:
            """
            SELECT patient_id, issuer, chart_entry.name AS entry, NULL AS exam, NULL AS basis, NULL AS other, time
            FROM chart_patient JOIN party ON party.id = chart_patient.party_id
                JOIN chart_entry ON patient_row = chart_patient.id
            WHERE party.name = ? AND is_current = 1 AND COALESCE(status, '') <> 'entered-in-error'
                AND NOT EXISTS (SELECT 1 FROM chart_link
                    WHERE entry_id = chart_entry.id AND ended_at IS NULL AND conflict IS NULL)
            ORDER BY patient_id, issuer, chart_entry.id
            """
        case .unmatchedExam:
            """
            SELECT patient_id, issuer, NULL AS entry, exam_key AS exam, NULL AS basis, NULL AS other, study_date AS time
            FROM study JOIN party ON party.id = study.party_id JOIN patient ON patient.id = patient_row
            WHERE party.name = ? AND deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM chart_link
                WHERE study_id = study.id AND ended_at IS NULL AND conflict IS NULL)
            ORDER BY patient_id, issuer, exam_key
            """
        case .doubtful: linkQuery("certainty = 'possible' AND conflict IS NULL")
        case .held: linkQuery("conflict IS NOT NULL AND is_settled = 0")
        case .settled: linkQuery("is_settled = 1")
        case .merge:
            """
            SELECT stays.patient_id, stays.issuer, NULL AS entry, NULL AS exam, NULL AS basis,
                gone.patient_id AS other, merged_at AS time
            FROM chart_merge JOIN chart_patient AS stays ON stays.id = chart_merge.into_id
                JOIN chart_patient AS gone ON gone.id = chart_merge.from_id JOIN party ON party.id = stays.party_id
            WHERE party.name = ? ORDER BY chart_merge.id
            """
        }
    }

    private static func linkQuery(_ condition: String) -> String {
        """
        SELECT patient_id, issuer, chart_entry.name AS entry, exam_key AS exam, basis, conflict AS other, since AS time
        FROM chart_patient JOIN party ON party.id = chart_patient.party_id
            JOIN chart_link ON chart_link.patient_row = chart_patient.id
            JOIN chart_entry ON chart_entry.id = entry_id JOIN study ON study.id = study_id
        WHERE party.name = ? AND ended_at IS NULL AND \(condition)
        ORDER BY patient_id, issuer, entry_id, study_id
        """
    }

    // MARK: One entry

    /// All versions of entries of a name, oldest first.
    package func chartEntries(named name: String) throws(CatalogError) -> [ChartEntryRecord] {
        try chartEntries("chart_entry.name = ?", [name])
    }

    package func chartEntry(_ id: Int64) throws(CatalogError) -> ChartEntryRecord? {
        try chartEntries("chart_entry.id = ?", [id]).first
    }

    private func chartEntries(
        _ condition: String, _ arguments: StatementArguments
    ) throws(CatalogError) -> [ChartEntryRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ChartEntryRecord.columns) FROM chart_entry
                        JOIN chart_patient ON chart_patient.id = patient_row WHERE \(condition) ORDER BY chart_entry.id
                    """,
                arguments: arguments
            ).map { try ChartEntryRecord($0) }
        }
    }

    /// What an entry was and is linked to, oldest first.
    package func chartLinks(ofEntry id: Int64) throws(CatalogError) -> [ChartLinkRecord] {
        try chartLinks("entry_id = ?", id)
    }

    /// What an exam was and is linked to, oldest first.
    package func chartLinks(ofStudy study: Int64) throws(CatalogError) -> [ChartLinkRecord] {
        try chartLinks("study_id = ?", study)
    }

    private func chartLinks(_ condition: String, _ id: Int64) throws(CatalogError) -> [ChartLinkRecord] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM chart_link WHERE \(condition) ORDER BY id", arguments: [id]
            ).map { ChartLinkRecord($0) }
        }
    }
}
