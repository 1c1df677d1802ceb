// What is asked of charts: a patient's entries and links, what they are still to be given, what the audit looks at.
//
// Reads only, but for noting what was asked for.

internal import GRDB
internal import Radiology

/// What a patient's page is made of.
package struct PatientChart: Sendable {
    /// The patient who stays first, then those who were merged into them.
    package let patients: [ChartPatientRecord]
    /// By time, the newest first.
    package let entries: [ChartEntryRecord]
    /// Those that hold now, and what is held.
    package let links: [ChartLinkRecord]
    /// The patient's exams that no entry is linked to.
    package let unmatchedStudies: [Int64]

    package init(
        patients: [ChartPatientRecord], entries: [ChartEntryRecord], links: [ChartLinkRecord], unmatchedStudies: [Int64]
    ) {
        self.patients = patients
        self.entries = entries
        self.links = links
        self.unmatchedStudies = unmatchedStudies
    }
}

extension Catalog {
    static func currentEntries(_ database: Database, patient: Int64) throws -> [ChartEntryRecord] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT \(ChartEntryRecord.columns) FROM chart_entry
                        JOIN chart_patient ON chart_patient.id = patient_row
                    WHERE patient_row = ? AND is_current = 1 ORDER BY chart_entry.id
                    """),
            arguments: [patient]
        ).map { try ChartEntryRecord($0) }
    }

    /// The chart of a patient who stays, as it is now.
    ///
    /// - Parameter own: The facility's issuer.
    package func chart(ofPatient root: Int64, own: String?) throws(CatalogError) -> PatientChart {
        try read { database in
            let cluster = try Self.cluster(database, of: root)
            let entries = try cluster.flatMap { try Self.currentEntries(database, patient: $0.id) }
            let links = try Row.fetchAll(
                database,
                kept: "SELECT * FROM chart_link WHERE patient_row = ? AND ended_at IS NULL ORDER BY entry_id, study_id",
                arguments: [root]
            ).map { ChartLinkRecord($0) }
            let linked = Set(links.filter { $0.conflict == nil }.map(\.study))
            return PatientChart(
                patients: cluster,
                entries: entries.sorted { ($0.entry.time ?? "", $0.id) > ($1.entry.time ?? "", $1.id) }, links: links,
                unmatchedStudies: try Self.studies(database, cluster, own: own).filter { !linked.contains($0) })
        }
    }

    private static func studies(
        _ database: Database, _ cluster: [ChartPatientRecord], own: String?
    ) throws -> [Int64] {
        var found: Set<Int64> = []
        for member in cluster {
            let issuers = member.identity.issuer.isEmpty ? ["", own ?? ""] : [member.identity.issuer]
            for issuer in Set(issuers) {
                found.formUnion(
                    try Int64.fetchAll(
                        database,
                        kept: """
                            SELECT study.id FROM patient JOIN party ON party.id = patient.party_id
                                JOIN study ON patient_row = patient.id \(settlementJoin)
                            WHERE party.name = ? AND patient.patient_id = ? AND patient.patient_id <> ''
                                AND patient.issuer = ? AND deleted_at IS NULL
                                AND exam_settlement.patient_id IS NULL
                            """,
                        arguments: [member.facility, member.identity.patientID, issuer]))
            }
            found.formUnion(
                try Int64.fetchAll(
                    database,
                    kept: """
                        SELECT study.id FROM exam_settlement JOIN study ON study.id = exam_settlement.study_id
                            JOIN party ON party.id = study.party_id
                        WHERE party.name = ? AND exam_settlement.patient_id = ? AND exam_settlement.issuer = ?
                            AND deleted_at IS NULL AND exam_settlement.id = (
                                SELECT MAX(newest.id) FROM exam_settlement AS newest WHERE newest.study_id = study.id)
                        """,
                    arguments: [member.facility, member.identity.patientID, member.identity.issuer]))
        }
        return found.sorted()
    }

    /// Linked exams that no request of the chart covers, each with the newest drop of an entry that it is linked to.
    ///
    /// - Returns: `isWhole` is false for exams that may still grow; more images than were given are asked for anew.
    package func examsToAskFor(
        ofPatient root: Int64
    ) throws(CatalogError) -> [(study: Int64, key: String, drop: DropID, isWhole: Bool)] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT study.id, exam_key, MAX(chart_entry.drop_id) AS drop_id,
                        NOT EXISTS (SELECT 1 FROM exam_change
                            WHERE exam_change.study_id = study.id AND what = 'images') AS is_whole
                    FROM chart_link JOIN chart_entry ON chart_entry.id = entry_id JOIN study ON study.id = study_id
                    WHERE chart_link.patient_row = ? AND ended_at IS NULL AND conflict IS NULL
                        AND deleted_at IS NULL AND NOT (\(Self.isHeld)) AND NOT \(Self.isCovered)
                    GROUP BY study.id, exam_key ORDER BY study.id
                    """,
                arguments: [root]
            ).map { ($0["id"], $0["exam_key"], DropID($0["drop_id"]), $0["is_whole"]) }
        }
    }

    /// Whether the office keeps the exam back: it is asked for when it is free again.
    private static let isHeld = """
        COALESCE((SELECT is_on FROM exam_hold WHERE exam_hold.study_id = study.id ORDER BY id DESC LIMIT 1), 0) = 1
        """

    /// Whether a request of a chart asked for all images that the exam has, and was not denied because of a hold.
    private static let isCovered = """
        EXISTS (SELECT 1 FROM request_exam JOIN chart_request USING (request_id)
            LEFT JOIN lending_grant ON lending_grant.request_id = request_exam.request_id
                AND lending_grant.position = request_exam.position
            LEFT JOIN denial ON denial.request_id = request_exam.request_id
                AND denial.position = request_exam.position AND denial.reason = 'onHold'
            WHERE request_exam.study_id = study.id AND denial.id IS NULL
                AND (lending_grant.id IS NULL OR instance_limit >= (
                SELECT MAX(instance.id) FROM instance JOIN series ON series.id = series_id
                WHERE series.study_id = study.id)))
        """

    /// The number that the next request of a drop of charts has, from 1.
    package func nextChartRequest(drop: DropID) throws(CatalogError) -> Int {
        try read { database in
            try Int.fetchOne(
                database, kept: "SELECT COALESCE(MAX(number), 0) + 1 FROM chart_request WHERE drop_id = ?",
                arguments: [drop.number]) ?? 1
        }
    }

    /// Takes the request of a chart in, unless another worker did.
    ///
    /// - Returns: Whether it was.
    package func insert(
        _ request: NewLendingRequest, party: String, ofPatient root: Int64, drop: DropID, number: Int, at: String
    ) throws(CatalogError) -> Bool {
        try write { database in
            let isTaken = try Bool.fetchOne(
                database, kept: "SELECT EXISTS (SELECT 1 FROM chart_request WHERE drop_id = ? AND number = ?)",
                arguments: [drop.number, number])
            guard isTaken == false else { return false }
            let row = try Self.insert(database, request, party: party, drop: drop, at: at)
            try database.execute(
                kept: "INSERT INTO chart_request (request_id, patient_row, drop_id, number) VALUES (?, ?, ?, ?)",
                arguments: [row, root, drop.number, number])
            return true
        }
    }

    /// Whether a party has a request of a name.
    package func hasRequest(party: String, named name: String) throws(CatalogError) -> Bool {
        try !lendingRequests(named: name, party: party).isEmpty
    }

    /// Has a patient's page made again.
    package func republish(_ due: LiaisonDue, _ publications: [Publication], at: String) throws(CatalogError) {
        try write { database in
            for publication in publications {
                try Self.publish(database, publication, isNewContent: true, at: at)
            }
            try Self.clear(database, due)
        }
    }

    /// Why an exam that a chart's request was about was not given; nil when it was, or nobody asked.
    package func chartDenial(ofStudy study: Int64) throws(CatalogError) -> String? {
        try read { database in
            try String.fetchOne(
                database,
                kept: """
                    SELECT denial.message FROM request_exam JOIN chart_request USING (request_id)
                        JOIN denial ON denial.request_id = request_exam.request_id
                            AND denial.position = request_exam.position
                    WHERE study_id = ? ORDER BY request_exam.request_id DESC LIMIT 1
                    """,
                arguments: [study])
        }
    }
    /// The request of a grant.
    package func lendingRequest(ofGrant id: Int64) throws(CatalogError) -> LendingRequest? {
        try read { database in
            try Int64.fetchOne(database, kept: "SELECT request_id FROM lending_grant WHERE id = ?", arguments: [id])
                .flatMap { try Self.lendingRequest(database, $0) }
        }
    }
}
