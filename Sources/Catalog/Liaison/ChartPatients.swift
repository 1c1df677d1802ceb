// Patients of charts: by their ids, and whom they were merged into.

internal import Foundation
internal import GRDB
package import Files
package import Radiology

extension Catalog {
    /// Merges that one after the other lead to a patient.
    private static let longestChain = 1000

    static func chartPatientRow(_ database: Database, party: Int64, _ identity: PatientIdentity) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(
                sql: "SELECT id FROM chart_patient WHERE party_id = ? AND patient_id = ? AND issuer = ?"),
            arguments: [party, identity.patientID, identity.issuer])
    }

    /// The patient who stays.
    static func root(_ database: Database, of patient: Int64) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: "SELECT into_id FROM chart_patient WHERE id = ? AND into_id IS NOT NULL")
        var current = patient
        for _ in 0..<longestChain {
            guard let next = try Int64.fetchOne(statement, arguments: [current]) else { return current }
            current = next
        }
        throw CatalogError.database("patient \(patient) was merged more than \(longestChain) times")
    }

    /// A patient who stays, and all who were merged into them.
    static func cluster(_ database: Database, of root: Int64) throws -> [ChartPatientRecord] {
        let own = try database.cachedStatement(
            sql: """
                SELECT \(ChartPatientRecord.columns) FROM chart_patient JOIN party ON party.id = party_id
                WHERE chart_patient.id = ?
                """)
        let merged = try database.cachedStatement(sql: "SELECT id FROM chart_patient WHERE into_id = ? ORDER BY id")
        var found: [ChartPatientRecord] = []
        var open = [root]
        while let next = open.popLast(), found.count < longestChain {
            guard let row = try Row.fetchOne(own, arguments: [next]) else { continue }
            found.append(ChartPatientRecord(row))
            open += try Int64.fetchAll(merged, arguments: [next])
        }
        return found
    }

    /// Patients with an id at a facility, whoever issued it.
    package func chartPatients(facility: String, patientID: String) throws(CatalogError) -> [ChartPatientRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ChartPatientRecord.columns) FROM chart_patient JOIN party ON party.id = party_id
                    WHERE party.name = ? AND patient_id = ? ORDER BY issuer
                    """,
                arguments: [facility, patientID]
            ).map { ChartPatientRecord($0) }
        }
    }

    package func chartPatient(_ id: Int64) throws(CatalogError) -> ChartPatientRecord? {
        try read { try Self.cluster($0, of: id).first }
    }

    /// The patient who stays, of one who may have been merged.
    package func chartRoot(of patient: Int64) throws(CatalogError) -> Int64 {
        try read { try Self.root($0, of: patient) }
    }

    /// The digest of what is known of an entry now; nil when there is none.
    package func chartEntryDigest(
        facility: String, patient: PatientIdentity, name: String
    ) throws(CatalogError) -> SHA256Digest? {
        try chartDigest(
            """
            SELECT chart_entry.content FROM chart_entry JOIN chart_patient ON chart_patient.id = patient_row
                JOIN party ON party.id = party_id
            WHERE party.name = ? AND patient_id = ? AND issuer = ? AND chart_entry.name = ? AND is_current = 1
            """, [facility, patient.patientID, patient.issuer, name])
    }

    /// The digest of what was last said of a patient; nil when nothing was.
    package func chartPatientDigest(facility: String, patient: PatientIdentity) throws(CatalogError) -> SHA256Digest? {
        try chartDigest(
            """
            SELECT content FROM chart_patient JOIN party ON party.id = party_id
            WHERE party.name = ? AND patient_id = ? AND issuer = ?
            """, [facility, patient.patientID, patient.issuer])
    }

    private func chartDigest(_ sql: String, _ arguments: StatementArguments) throws(CatalogError) -> SHA256Digest? {
        try read { database in
            Self.digest(try Data.fetchOne(database.cachedStatement(sql: sql), arguments: arguments))
        }
    }
}
