// The office's words on whose exams are that charts and images give to different patients.
//
// Invariants: a word is a fact of its drop's transaction, never changed; the newest one about an exam counts.

internal import GRDB
package import Radiology

/// The office's word on whose an exam is.
package struct SettlementOrder: Sendable, Equatable {
    /// Its place in the drop.
    package let position: Int
    package let study: Int64
    /// With "" for the facility's own issuer; nil when both patients stand.
    package let patient: PatientIdentity?
    package let reason: String?

    package init(position: Int, study: Int64, patient: PatientIdentity?, reason: String?) {
        self.position = position
        self.study = study
        self.patient = patient
        self.reason = reason
    }
}

extension Catalog {
    /// Takes a word in, within the transaction of its drop.
    ///
    /// - Throws: `.overtaken` when the exam was deleted meanwhile.
    static func insert(_ database: Database, _ order: SettlementOrder, drop: DropRecord, at: String) throws {
        try requireLiving(database, study: order.study)
        try database.execute(
            kept: """
                INSERT INTO exam_settlement (study_id, drop_id, position, patient_id, issuer, reason, settled_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                order.study, drop.id.number, order.position, order.patient?.patientID, order.patient?.issuer,
                order.reason, at,
            ])
        try noteLiaison(database, .exam, order.study, at: at)
        let whose = order.patient.map { "it is patient \(text(of: $0))'s" } ?? "both patients stand"
        try append(
            database,
            LedgerEvent(
                act: "settlement:\(drop.id):\(order.position)", at: at, kind: .examSettled, party: drop.party,
                drop: drop.id, study: order.study,
                detail: [whose, order.reason].compactMap { $0 }.joined(separator: "; ")
            ))
    }

    /// A patient as links and records name them.
    static func text(of patient: PatientIdentity) -> String {
        patient.issuer.isEmpty ? patient.patientID : "\(patient.patientID) (\(patient.issuer))"
    }

    /// The newest word about each exam; for joining.
    static let settlementJoin = """
        LEFT JOIN exam_settlement ON exam_settlement.id = (
            SELECT MAX(newest.id) FROM exam_settlement AS newest WHERE newest.study_id = study.id)
        """
    static let settlementColumns = """
        exam_settlement.id AS settlement, exam_settlement.patient_id AS settled_patient,
            exam_settlement.issuer AS settled_issuer
        """

    /// What was said of an exam, from columns of `settlementColumns`; nil when nothing was.
    static func settled(_ row: Row) -> ExamOutline.Settled? {
        guard row["settlement"] as Int64? != nil else { return nil }
        guard let patientID = row["settled_patient"] as String? else { return .both }
        return .patient(PatientIdentity(patientID: patientID, issuer: row["settled_issuer"]))
    }

    /// What the office said of whose an exam is; nil when nothing.
    package func settled(study: Int64) throws(CatalogError) -> ExamOutline.Settled? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: "SELECT \(Self.settlementColumns) FROM study \(Self.settlementJoin) WHERE study.id = ?",
                arguments: [study]
            ).flatMap { Self.settled($0) }
        }
    }

    /// The patients of charts whose entries name an exam that is another's by its images, and whether somebody said already
    /// whose it is.
    package func claims(ofStudy study: Int64) throws(CatalogError) -> (patients: [ChartPatientRecord], isSettled: Bool)
    {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT \(ChartPatientRecord.columns) FROM chart_link
                        JOIN chart_entry ON chart_entry.id = entry_id
                        JOIN chart_patient ON chart_patient.id IN (chart_link.patient_row, chart_entry.patient_row)
                        JOIN party ON party.id = party_id
                    WHERE study_id = ? AND ended_at IS NULL AND (conflict IS NOT NULL OR is_settled = 1)
                    """,
                arguments: [study])
            let isSettled = try Bool.fetchOne(
                database, kept: "SELECT EXISTS (SELECT 1 FROM exam_settlement WHERE study_id = ?)", arguments: [study])
            return (rows.map { ChartPatientRecord($0) }, isSettled ?? false)
        }
    }
}
