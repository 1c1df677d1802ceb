// What the catalogue holds already of the exams that a drop brings: asked before anything is written, and asked
// again in the transaction that writes.
//
// Reads only. Always within one party: what another party holds is never seen.

internal import Foundation
internal import GRDB
package import Files

/// A study of one party under one patient.
package struct KnownStudy: Sendable, Equatable {
    package let id: Int64
    package let examKey: String
    package let patientID: String
    package let issuer: String
    /// JSON object of the row, as it was first stored.
    package let patientAttributes: String
    /// The same; nil when its images were deleted, and those that come say what it is.
    package let studyAttributes: String?
}

/// An instance that is stored.
package struct KnownInstance: Sendable, Equatable {
    package let id: Int64
    package let sha256: SHA256Digest
}

extension Catalog {
    /// All studies of a party with this UID: more than one only where patients were at odds.
    package func studies(party: String, studyInstanceUID: String) throws(CatalogError) -> [KnownStudy] {
        try read { try Self.studies($0, party: party, studyInstanceUID: studyInstanceUID) }
    }

    static func studies(_ database: Database, party: String, studyInstanceUID: String) throws -> [KnownStudy] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT study.id, exam_key, patient_id, issuer, patient.attributes AS patient_attributes,
                    CASE WHEN deleted_at IS NULL THEN study.attributes END AS attributes
                FROM study JOIN patient ON patient.id = study.patient_row
                WHERE study.party_id = (SELECT id FROM party WHERE name = ?) AND study_uid = ? ORDER BY study.id
                """)
        return try Row.fetchAll(statement, arguments: [party, studyInstanceUID]).map { row in
            KnownStudy(
                id: row["id"], examKey: row["exam_key"], patientID: row["patient_id"], issuer: row["issuer"],
                patientAttributes: row["patient_attributes"], studyAttributes: row["attributes"])
        }
    }

    /// A patient's attributes as first stored; nil when the party has no such patient, or the id is empty.
    package func patientAttributes(party: String, patientID: String, issuer: String) throws(CatalogError) -> String? {
        guard !patientID.isEmpty else { return nil }
        return try read { database in
            try String.fetchOne(
                database,
                kept: """
                    SELECT attributes FROM patient
                    WHERE party_id = (SELECT id FROM party WHERE name = ?) AND patient_id = ? AND issuer = ?
                    """,
                arguments: [party, patientID, issuer])
        }
    }

    /// A series' attributes as first stored; nil when it is new.
    package func seriesAttributes(study: Int64, seriesInstanceUID: String) throws(CatalogError) -> String? {
        try read { database in
            try String.fetchOne(
                database, kept: "SELECT attributes FROM series WHERE study_id = ? AND series_uid = ?",
                arguments: [study, seriesInstanceUID])
        }
    }

    package func isTaken(examKey: String) throws(CatalogError) -> Bool {
        try read { try Self.isTaken($0, examKey: examKey) }
    }

    static func isTaken(_ database: Database, examKey: String) throws -> Bool {
        let statement = try database.cachedStatement(sql: "SELECT 1 FROM study WHERE exam_key = ?")
        return try Int.fetchOne(statement, arguments: [examKey]) != nil
    }

    /// The stored instances of each UID, the primary one first.
    ///
    /// - Returns: One list for each UID, in the order given; empty where nothing is stored.
    package func instances(party: String, sopInstanceUIDs: [String]) throws(CatalogError) -> [[KnownInstance]] {
        try read { database in
            guard
                let row = try Int64.fetchOne(database, kept: "SELECT id FROM party WHERE name = ?", arguments: [party])
            else { return sopInstanceUIDs.map { _ in [] } }
            return try sopInstanceUIDs.map { try Self.instances(database, party: row, sopInstanceUID: $0) }
        }
    }

    static func instances(_ database: Database, party: Int64, sopInstanceUID: String) throws -> [KnownInstance] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT instance.id, sha256 FROM instance
                JOIN series ON series.id = series_id JOIN study ON study.id = study_id
                WHERE sop_key = ? AND sop_uid = ? AND party_id = ? ORDER BY is_primary DESC, instance.id
                """)
        statement.setUncheckedArguments([
            InstanceKey.make(party: party, uid: sopInstanceUID), sopInstanceUID, party,
        ])
        return try Row.fetchAll(statement).compactMap { row in
            (row["sha256"] as Data?).flatMap { SHA256Digest([UInt8]($0)) }
                .map { KnownInstance(id: row["id"], sha256: $0) }
        }
    }

    /// The party's count of commits so far: unchanged means that what was asked of its exams still holds.
    package func generation(party: String) throws(CatalogError) -> Int64 {
        try read { database in
            try Int64.fetchOne(database, kept: "SELECT generation FROM party WHERE name = ?", arguments: [party]) ?? 0
        }
    }

    /// Rows of the instances table that `find` and `verify` read: how many there are.
    package func instanceCount() throws(CatalogError) -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM instance") ?? 0 }
    }
}
