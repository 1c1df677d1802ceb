// Exams whose images were deleted, carried from an old catalogue into a rebuilt one: no pack tells of them.
//
// Invariant: an exam that packs tell of is left as it is.

internal import GRDB

enum DeletedExams {
    /// The studies of an old catalogue whose images were deleted, by their row there.
    static func studies(of old: OldCatalog) throws -> Set<Int64> {
        guard try old.hasDeletions else { return [] }
        return Set(try old.lines("exam_deletion").compactMap { $0["study_id"].flatMap { Int64.fromDatabaseValue($0) } })
    }

    /// Makes the rows of the exams, and of their patients where these are new.
    static func carry(from old: OldCatalog, into database: Database) throws {
        guard try old.hasDeletions else { return }
        let parties = try byID(old.lines("party"))
        let patients = try byID(old.lines("patient"))
        for line in try old.lines("study", where: "deleted_at IS NOT NULL") {
            guard let name = text(id(line, "party_id").flatMap { parties[$0] }, "name"),
                let patient = id(line, "patient_row").flatMap({ patients[$0] })
            else { continue }
            let party = try Catalog.partyRow(database, name)
            try database.execute(
                kept: """
                    INSERT INTO study (party_id, patient_row, exam_key, study_uid, accession_number, study_date, attributes,
                        first_stored_at, last_stored_at, deleted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (exam_key) DO NOTHING
                    """,
                arguments: [
                    party, try patientRow(database, patient, party: party), line["exam_key"], line["study_uid"],
                    line["accession_number"], line["study_date"], line["attributes"], line["first_stored_at"],
                    line["last_stored_at"], line["deleted_at"],
                ])
        }
    }

    private static func patientRow(_ database: Database, _ line: OldCatalog.Line, party: Int64) throws -> Int64 {
        let known = try Int64.fetchOne(
            database,
            kept: "SELECT id FROM patient WHERE party_id = ? AND patient_id = ? AND issuer = ? AND patient_id <> ''",
            arguments: [party, line["patient_id"], line["issuer"]])
        if let known { return known }
        try database.execute(
            kept: "INSERT INTO patient (party_id, patient_id, issuer, attributes) VALUES (?, ?, ?, ?)",
            arguments: [party, line["patient_id"], line["issuer"], line["attributes"]])
        return database.lastInsertedRowID
    }

    private static func byID(_ lines: [OldCatalog.Line]) -> [Int64: OldCatalog.Line] {
        Dictionary(lines.compactMap { line in id(line, "id").map { ($0, line) } }) { first, _ in first }
    }

    private static func id(_ line: OldCatalog.Line, _ column: String) -> Int64? {
        line[column].flatMap { Int64.fromDatabaseValue($0) }
    }

    private static func text(_ line: OldCatalog.Line?, _ column: String) -> String? {
        line?[column].flatMap { String.fromDatabaseValue($0) }
    }
}
