// `find`: exams by patient, accession number, study, facility, modality and date.
//
// Reads only. Each level's attributes are JSON text as stored; whoever shows them merges them.

internal import Foundation
internal import GRDB
package import Files

/// What is looked for; nil leaves a question out.
package struct ExamSearch: Sendable {
    package var facility: String?
    package var patientID: String?
    package var accessionNumber: String?
    package var studyInstanceUID: String?
    package var seriesInstanceUID: String?
    package var examKey: String?
    /// The exam's own number in the catalogue.
    package var study: Int64?
    package var modality: String?
    /// `YYYYMMDD`, as DICOM has dates; both ends are included.
    package var from: String?
    package var to: String?
    /// Whether exams are meant too whose images were deleted.
    package var includesDeleted = false

    package init() {}
}

/// An exam as the catalogue has it.
package struct ExamRecord: Sendable {
    package let study: Int64
    package let key: String
    package let facility: String
    package let patientID: String
    package let issuer: String
    package let studyInstanceUID: String
    package let accessionNumber: String
    package let studyDate: String
    package let patientAttributes: String
    package let studyAttributes: String
    package let firstStoredAt: String
    package let lastStoredAt: String
    /// When its images were deleted; nil while they are there.
    package let deletedAt: String?
}

/// A series of an exam.
package struct SeriesRecord: Sendable {
    package let series: Int64
    package let seriesInstanceUID: String
    package let modality: String
    package let bodyPart: String
    package let attributes: String
    package let instanceCount: Int
    package let byteCount: Int64
}

/// A stored instance.
package struct InstanceRecord: Sendable {
    package let sopInstanceUID: String
    package let isPrimary: Bool
    package let byteCount: Int64
    package let sha256: SHA256Digest
    package let offset: Int64
    package let packDigest: SHA256Digest
    package let tier: String
    package let attributes: String
}

extension Catalog {
    /// Calls `body` with each exam that fits, by facility and key.
    package func forEachExam(_ query: ExamSearch, _ body: (ExamRecord) throws -> Void) throws(CatalogError) {
        let (conditions, arguments) = Self.conditions(query)
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT study.id, exam_key, party.name AS facility, patient_id, issuer, study_uid, accession_number,
                        study_date, patient.attributes AS patient_attributes, study.attributes AS study_attributes,
                        first_stored_at, last_stored_at, deleted_at
                    FROM study JOIN party ON party.id = study.party_id JOIN patient ON patient.id = patient_row
                    \(conditions) ORDER BY exam_key
                    """,
                arguments: arguments)
            while let row = try rows.next() { try body(Self.exam(row)) }
        }
    }

    /// The UIDs of an exam's images, each once, in order.
    package func sopInstanceUIDs(study: Int64) throws(CatalogError) -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                kept: """
                    SELECT sop_uid FROM instance JOIN series ON series.id = series_id
                    WHERE study_id = ? AND is_primary = 1 ORDER BY series_uid, sop_uid
                    """,
                arguments: [study])
        }
    }

    /// Whether an exam has an image of this UID.
    package func hasInstance(study: Int64, sopInstanceUID: String) throws(CatalogError) -> Bool {
        try read { database in
            guard
                let party = try Int64.fetchOne(
                    database, kept: "SELECT party_id FROM study WHERE id = ?", arguments: [study])
            else { return false }
            return try Int.fetchOne(
                database,
                kept: """
                    SELECT 1 FROM instance JOIN series ON series.id = series_id
                    WHERE sop_key = ? AND sop_uid = ? AND study_id = ?
                    """,
                arguments: [InstanceKey.make(party: party, uid: sopInstanceUID), sopInstanceUID, study]) != nil
        }
    }

    /// The exam with a key; nil when there is none.
    ///
    /// - Parameter evenDeleted: Whether one is meant too whose images were deleted.
    package func exam(key: String, evenDeleted: Bool = false) throws(CatalogError) -> ExamRecord? {
        var query = ExamSearch()
        query.includesDeleted = evenDeleted
        query.examKey = key
        var found: ExamRecord?
        try forEachExam(query) { found = $0 }
        return found
    }

    package func series(ofStudy study: Int64) throws(CatalogError) -> [SeriesRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT series.id, series_uid, modality, body_part, series.attributes,
                        COUNT(instance.id) AS instances, COALESCE(SUM(instance.byte_count), 0) AS bytes
                    FROM series LEFT JOIN instance ON instance.series_id = series.id WHERE study_id = ?
                    GROUP BY series.id, series_uid, modality, body_part, series.attributes ORDER BY series_uid
                    """,
                arguments: [study]
            ).map { row in
                SeriesRecord(
                    series: row["id"], seriesInstanceUID: row["series_uid"], modality: row["modality"],
                    bodyPart: row["body_part"], attributes: row["attributes"], instanceCount: row["instances"],
                    byteCount: row["bytes"])
            }
        }
    }

    /// Calls `body` with each instance of a series, by UID, the primary one first.
    package func forEachInstance(
        ofSeries series: Int64, _ body: (InstanceRecord) throws -> Void
    ) throws(CatalogError) {
        try read { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT sop_uid, is_primary, instance.byte_count, sha256, pack_offset, digest, tier, attributes
                    FROM instance JOIN pack ON pack.id = pack_id WHERE instance.series_id = ?
                    ORDER BY sop_uid, is_primary DESC, sha256
                    """,
                arguments: [series])
            while let row = try rows.next() {
                guard let sha256 = Self.digest(row["sha256"]), let pack = Self.digest(row["digest"]) else { continue }
                try body(
                    InstanceRecord(
                        sopInstanceUID: row["sop_uid"], isPrimary: row["is_primary"], byteCount: row["byte_count"],
                        sha256: sha256, offset: row["pack_offset"], packDigest: pack, tier: row["tier"],
                        attributes: row["attributes"]))
            }
        }
    }

    static func digest(_ data: Data?) -> SHA256Digest? { data.flatMap { SHA256Digest([UInt8]($0)) } }

    private static func exam(_ row: Row) -> ExamRecord {
        ExamRecord(
            study: row["id"], key: row["exam_key"], facility: row["facility"], patientID: row["patient_id"],
            issuer: row["issuer"], studyInstanceUID: row["study_uid"], accessionNumber: row["accession_number"],
            studyDate: row["study_date"], patientAttributes: row["patient_attributes"],
            studyAttributes: row["study_attributes"], firstStoredAt: row["first_stored_at"],
            lastStoredAt: row["last_stored_at"],
            deletedAt: row["deleted_at"])
    }

    private static func conditions(_ query: ExamSearch) -> (sql: String, arguments: StatementArguments) {
        var terms: [String] = []
        var arguments: StatementArguments = []
        func add(_ term: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            terms.append(term)
            arguments += [value]
        }
        if !query.includesDeleted { terms.append("deleted_at IS NULL") }
        add("exam_key = ?", query.examKey)
        add("party.name = ?", query.facility)
        add("patient_id = ?", query.patientID)
        add("accession_number = ?", query.accessionNumber)
        add("study_uid = ?", query.studyInstanceUID)
        add("study.id = ?", query.study)
        add("EXISTS (SELECT 1 FROM series WHERE study_id = study.id AND series_uid = ?)", query.seriesInstanceUID)
        add("EXISTS (SELECT 1 FROM series WHERE study_id = study.id AND modality = ?)", query.modality)
        add("study_date >= ?", query.from)
        add("study_date <= ? AND study_date <> ''", query.to)
        return (terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND "), arguments)
    }
}
