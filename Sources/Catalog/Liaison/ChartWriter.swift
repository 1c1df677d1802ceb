// Writes what a chart says, within the transaction of its drop.
//
// Invariants: what is known already changes nothing; an entry whose content is new is another version of it, and the one
// before stays as it was; whoever was merged leads to the patient who stays, never in a circle.

internal import Foundation
internal import GRDB
internal import Files
internal import Radiology

struct ChartWriter {
    let database: Database
    let drop: DropID
    let at: String

    func write(_ chart: NewChart) throws {
        let party = try Catalog.partyRow(database, chart.facility)
        for (patient, digest) in zip(chart.item.patients, chart.patientDigests) {
            let row = try row(of: patient.identity, party: party)
            try database.execute(
                kept: """
                    UPDATE chart_patient SET name = COALESCE(?, name), birth_date = COALESCE(?, birth_date),
                        sex = COALESCE(?, sex), content = ? WHERE id = ? AND (content IS NULL OR content <> ?)
                    """,
                arguments: [
                    patient.name, patient.birthDate, patient.sex, Data(digest.bytes), row, Data(digest.bytes),
                ])
            if database.changesCount > 0 { try Catalog.noteLiaison(database, .patient, row, at: at) }
        }
        for (index, entry) in chart.item.entries.enumerated() {
            let row = try row(of: entry.patient, party: party)
            let isNew = try insert(
                entry, chart.entryDigests[index], patient: row, party: party, position: chart.position)
            if isNew { try Catalog.noteLiaison(database, .patient, row, at: at) }
        }
        for merge in chart.item.merges { try write(merge, party: party, chart) }
    }

    /// The patient's row, which is made where there is none.
    private func row(of identity: PatientIdentity, party: Int64) throws -> Int64 {
        if let row = try Catalog.chartPatientRow(database, party: party, identity) { return row }
        try database.cachedStatement(
            sql: "INSERT INTO chart_patient (party_id, patient_id, issuer, drop_id) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [party, identity.patientID, identity.issuer, drop.number])
        return database.lastInsertedRowID
    }

    // MARK: Entries

    /// - Returns: Whether it says anything new.
    private func insert(
        _ entry: ChartEntry, _ digest: SHA256Digest, patient: Int64, party: Int64, position: Int
    ) throws -> Bool {
        let before = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT id, version, content FROM chart_entry WHERE patient_row = ? AND name = ?
                    ORDER BY version DESC LIMIT 1
                    """),
            arguments: [patient, entry.name])
        if let before, Catalog.digest(before["content"]) == digest { return false }
        if let before { try retire(before["id"]) }
        let numbers = StoredNumbers(entry)
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO chart_entry (patient_row, name, version, is_current, kind, encounter, time, title, text,
                    status, numbers, content, drop_id, position, noted_at)
                VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try statement.execute(arguments: [
            patient, entry.name, (before?["version"] ?? 0) + 1, entry.kind.rawValue, entry.encounter, entry.time,
            entry.title, entry.text, entry.status, try numbers.text, Data(digest.bytes), drop.number, position, at,
        ])
        let row = database.lastInsertedRowID
        let number = try database.cachedStatement(
            sql: "INSERT INTO chart_number (party_id, value, entry_id) VALUES (?, ?, ?)")
        for value in numbers.all.sorted() { try number.execute(arguments: [party, value, row]) }
        return true
    }

    private func retire(_ entry: Int64) throws {
        try database.execute(kept: "UPDATE chart_entry SET is_current = 0 WHERE id = ?", arguments: [entry])
        try database.execute(kept: "DELETE FROM chart_number WHERE entry_id = ?", arguments: [entry])
    }

    // MARK: Merges

    private func write(_ merge: PatientMerge, party: Int64, _ chart: NewChart) throws {
        let from = try row(of: merge.from, party: party)
        let into = try row(of: merge.into, party: party)
        let target = try Catalog.root(database, of: into)
        let source = try Catalog.root(database, of: from)
        guard source != target else { return }
        try database.execute(
            kept: """
                INSERT INTO chart_merge (from_id, into_id, drop_id, position, merged_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
            arguments: [from, into, drop.number, chart.position, at])
        try database.execute(
            kept: "UPDATE chart_patient SET into_id = ? WHERE id = ?", arguments: [target, source])
        try Catalog.append(
            database,
            LedgerEvent(
                act: "merged:\(drop):\(chart.position):\(source):\(target)", at: at, kind: .patientsMerged,
                party: chart.facility, drop: drop,
                detail: "patient \(merge.from.patientID) is \(merge.into.patientID) from now on"))
        try Catalog.noteLiaison(database, .patient, target, at: at)
        try Catalog.noteLiaison(database, .page, source, at: at)
    }
}
