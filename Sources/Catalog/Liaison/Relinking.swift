// Links charts and exams: for each patient whose chart changed, and for each exam that came.
//
// Invariants: what a patient's links are is decided from the whole of the patient's chart and exams, in one transaction with
// what was read for it; a link that holds no more is ended and says why. Every look-up is of one patient or one number, so
// that linking one drop costs the same however much there is. Nothing crosses facilities.

internal import Foundation
internal import GRDB
internal import Radiology

/// What liaison has to know of facilities.
package struct LiaisonFacility: Sendable {
    /// Stands for "" among issuers; nil when the facility names none.
    package let ownIssuer: String?
    /// Who gets the pages: the facility, and its chart systems.
    package let recipients: [String]
    /// Whether exams are asked for.
    package let asksForExams: Bool

    package init(ownIssuer: String?, recipients: [String], asksForExams: Bool) {
        self.ownIssuer = ownIssuer
        self.recipients = recipients
        self.asksForExams = asksForExams
    }
}

extension Catalog {
    /// Links what is due.
    ///
    /// - Parameters:
    ///   - dues: Patients and exams.
    ///   - facilities: By id; those of others wait.
    /// - Returns: How many patients were looked at.
    @discardableResult
    package func relink(
        _ dues: [LiaisonDue], facilities: [String: LiaisonFacility], at: String
    ) throws(CatalogError) -> Int {
        try write { database in
            let linker = Linker(database: database, facilities: facilities, at: at)
            var roots: Set<Int64> = []
            for due in dues {
                switch due.subject {
                case .patient: roots.insert(try Self.root(database, of: due.id))
                case .exam: roots.formUnion(try linker.patients(ofExam: due.id))
                case .page, .request: preconditionFailure("these are not linked")
                }
                try Self.clear(database, due)
            }
            for root in roots.sorted() { try linker.link(root) }
            return roots.count
        }
    }
}

/// The linking of patients, within a transaction of its caller.
private struct Linker {
    let database: Database
    let facilities: [String: LiaisonFacility]
    let at: String

    private struct Current {
        let row: Int64
        let basis: String
        let certainty: String
        let conflict: String?
        let isSettled: Bool
    }

    private struct Pair: Hashable {
        let entry: Int64
        let study: Int64
    }

    // MARK: Who is concerned

    /// The patients whose charts an exam may belong to: by its patient id, and by the entries that name it.
    func patients(ofExam study: Int64) throws -> Set<Int64> {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT study.party_id, party.name AS facility, study_uid, accession_number, patient.patient_id,
                        patient.issuer, \(Catalog.settlementColumns)
                    FROM study JOIN party ON party.id = study.party_id JOIN patient ON patient.id = patient_row
                        \(Catalog.settlementJoin)
                    WHERE study.id = ?
                    """),
            arguments: [study])
        guard let row else { return [] }
        let party: Int64 = row["party_id"]
        var found = Set(try linked(study))
        if let identity = identity(row), let patient = try Catalog.chartPatientRow(database, party: party, identity) {
            found.insert(patient)
        }
        if case .patient(let identity) = Catalog.settled(row),
            let patient = try Catalog.chartPatientRow(database, party: party, identity)
        {
            found.insert(patient)
        }
        let entries = try database.cachedStatement(
            sql: """
                SELECT DISTINCT patient_row FROM chart_number JOIN chart_entry ON chart_entry.id = entry_id
                WHERE party_id = ? AND value = ?
                """)
        for number in [row["study_uid"] as String, row["accession_number"]] where !number.isEmpty {
            found.formUnion(try Int64.fetchAll(entries, arguments: [party, number]))
        }
        return Set(try found.map { try Catalog.root(database, of: $0) })
    }

    private func linked(_ study: Int64) throws -> [Int64] {
        try Int64.fetchAll(
            database.cachedStatement(
                sql: "SELECT DISTINCT patient_row FROM chart_link WHERE study_id = ? AND ended_at IS NULL"),
            arguments: [study])
    }

    /// nil where the images do not say.
    private func identity(_ row: Row) -> PatientIdentity? {
        let patientID: String = row["patient_id"]
        guard !patientID.isEmpty else { return nil }
        return PatientIdentity(patientID: patientID, issuer: row["issuer"])
            .normalized(own: facilities[row["facility"]]?.ownIssuer)
    }

    // MARK: One patient

    func link(_ root: Int64) throws {
        let cluster = try Catalog.cluster(database, of: root)
        guard let patient = cluster.first, let facility = facilities[patient.facility] else { return }
        let entries = try cluster.flatMap { try Catalog.currentEntries(database, patient: $0.id) }
        let exams = try exams(cluster, entries, party: try Catalog.partyRow(database, patient.facility), facility)
        let links = PatientLinks(
            identities: Set(cluster.map(\.identity)), entries: entries.map(\.entry), exams: exams
        ).links
        try replace(root, cluster, links.map { (Pair(entry: entries[$0.entry].id, study: $0.study), $0) })
        for recipient in facility.recipients where !entries.isEmpty {
            try Catalog.publish(
                database,
                Publication(
                    party: recipient, kind: "liaison",
                    name: LiaisonName.folder(patient.identity, facility: patient.facility, own: facility.ownIssuer),
                    subject: .liaison, subjectID: root), isNewContent: true, at: at)
        }
        if facility.asksForExams, links.contains(where: { $0.conflict == nil }) {
            try Catalog.noteLiaison(database, .request, root, at: at)
        }
    }

    /// The patient's exams, and those that the entries name; none that was deleted.
    private func exams(
        _ cluster: [ChartPatientRecord], _ entries: [ChartEntryRecord], party: Int64, _ facility: LiaisonFacility
    ) throws -> [ExamOutline] {
        let columns = """
            SELECT study.id, study_uid, accession_number, study_date, patient.patient_id, patient.issuer,
                party.name AS facility, \(Catalog.settlementColumns)
            FROM study JOIN patient ON patient.id = patient_row JOIN party ON party.id = study.party_id
                \(Catalog.settlementJoin)
            WHERE study.deleted_at IS NULL
            """
        let ofPatient = try database.cachedStatement(
            sql: """
                \(columns) AND patient.party_id = ? AND patient.patient_id = ? AND patient.patient_id <> ''
                    AND patient.issuer = ?
                """)
        let bySettlement = try database.cachedStatement(
            sql: """
                \(columns) AND study.party_id = ? AND study.id IN (
                    SELECT said.study_id FROM exam_settlement AS said WHERE said.patient_id = ? AND said.issuer = ?)
                """)
        let byAccession = try database.cachedStatement(
            sql: "\(columns) AND study.party_id = ? AND accession_number = ?")
        let byUID = try database.cachedStatement(sql: "\(columns) AND study.party_id = ? AND study_uid = ?")
        var found: [Int64: ExamOutline] = [:]
        func add(_ statement: Statement, _ arguments: StatementArguments) throws {
            for row in try Row.fetchAll(statement, arguments: arguments) {
                found[row["id"]] = ExamOutline(
                    study: row["id"], patient: identity(row), accessionNumber: row["accession_number"],
                    studyInstanceUID: row["study_uid"], day: Self.day(row["study_date"]),
                    settled: Catalog.settled(row))
            }
        }
        for member in cluster {
            let own =
                member.identity.issuer.isEmpty ? ["", facility.ownIssuer].compactMap { $0 } : [member.identity.issuer]
            for issuer in Set(own) { try add(ofPatient, [party, member.identity.patientID, issuer]) }
            try add(bySettlement, [party, member.identity.patientID, member.identity.issuer])
        }
        for entry in entries.map(\.entry) {
            let stated = entry.statedExams
            for number in entry.accessionNumbers + stated.compactMap(\.accessionNumber) where !number.isEmpty {
                try add(byAccession, [party, number])
            }
            for uid in entry.studyInstanceUIDs + stated.compactMap(\.studyInstanceUID) { try add(byUID, [party, uid]) }
        }
        return found.values.sorted { $0.study < $1.study }
    }

    /// `YYYY-MM-DD` of `YYYYMMDD`.
    private static func day(_ date: String) -> String? {
        guard date.utf8.count == 8 else { return nil }
        return "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.suffix(2))"
    }

    // MARK: What changed

    private func replace(_ root: Int64, _ cluster: [ChartPatientRecord], _ links: [(pair: Pair, link: ChartLink)])
        throws
    {
        var before: [Pair: Current] = [:]
        let current = try database.cachedStatement(
            sql: "SELECT * FROM chart_link WHERE patient_row = ? AND ended_at IS NULL")
        for member in cluster {
            for row in try Row.fetchAll(current, arguments: [member.id]) {
                let pair = Pair(entry: row["entry_id"], study: row["study_id"])
                guard member.id == root else {
                    try end(row["id"], because: "its patient was merged")
                    continue
                }
                before[pair] = Current(
                    row: row["id"], basis: row["basis"], certainty: row["certainty"], conflict: row["conflict"],
                    isSettled: row["is_settled"])
            }
        }
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO chart_link (patient_row, entry_id, study_id, basis, certainty, conflict, is_settled, since)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for (pair, link) in links {
            let conflict = link.conflict.map { Catalog.text(of: $0) }
            if let known = before.removeValue(forKey: pair) {
                if (known.basis, known.certainty, known.conflict, known.isSettled)
                    == (link.basis.rawValue, link.certainty.rawValue, conflict, link.isSettled)
                {
                    continue
                }
                let isNews = known.isSettled != link.isSettled || link.isSettled
                try end(
                    known.row,
                    because: isNews ? "the office settled whose exam it is" : "there is another reason for it")
            }
            try insert.execute(arguments: [
                root, pair.entry, pair.study, link.basis.rawValue, link.certainty.rawValue, conflict,
                link.isSettled, at,
            ])
        }
        for (_, known) in before.sorted(by: { $0.value.row < $1.value.row }) {
            try end(known.row, because: "the chart or the exam changed, or a closer link was found")
        }
    }

    private func end(_ row: Int64, because reason: String) throws {
        try database.cachedStatement(
            sql: "UPDATE chart_link SET ended_at = ?, ended_because = ? WHERE id = ?"
        ).execute(arguments: [at, reason, row])
    }
}
