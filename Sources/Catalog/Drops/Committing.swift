// The one transaction that makes a drop's outcome true: exams, packs, instances, the receipt's lines, ledger events,
// and the follow-up work.
//
// Invariants: all or nothing; the lease of the work is still held; what was looked up before still holds, or nothing
// is written (`.overtaken`); the packs are durable before this is called.

internal import Foundation
internal import GRDB
internal import Files

extension Catalog {
    /// - Parameters:
    ///   - work: The leased work that this ends.
    ///   - at: The policy clock's time.
    /// - Throws: `.overtaken` when the party's exams changed since the look-ups, `.removing`, `.leaseLost`.
    package func commit(
        _ outcome: DropOutcome, of drop: DropRecord, work: Work, owner: String, at: String
    ) throws(CatalogError) {
        try write { database in
            try Self.close(database, work: work, owner: owner)
            let party = try Self.partyRow(database, drop.party)
            try Self.requireGeneration(database, party: party, outcome: outcome)
            try Self.requireNoRemoval(database, of: outcome.packs.map(\.digest))
            let writer = OutcomeWriter(database: database, drop: drop, party: party, outcome: outcome, at: at)
            try writer.write()
            try database.execute(
                kept: "INSERT INTO work (pipeline, stage, drop_id) VALUES (?, 'publish', ?)",
                arguments: [drop.kind, drop.id.number])
        }
    }

    private static func requireGeneration(_ database: Database, party: Int64, outcome: DropOutcome) throws {
        guard !outcome.instances.isEmpty || !outcome.series.isEmpty else { return }
        let now = try Int64.fetchOne(database, kept: "SELECT generation FROM party WHERE id = ?", arguments: [party])
        guard now == outcome.generation else { throw CatalogError.overtaken }
        guard !outcome.instances.isEmpty else { return }
        try database.execute(kept: "UPDATE party SET generation = generation + 1 WHERE id = ?", arguments: [party])
    }
}

/// Writes an outcome, within a transaction of its caller.
struct OutcomeWriter {
    let database: Database
    let drop: DropRecord
    let party: Int64
    let outcome: DropOutcome
    let at: String

    func write() throws {
        // A series that nothing was stored of in the end has no row.
        let used = Set(outcome.packs.map(\.series))
        let studies = try outcome.series.enumerated().map { used.contains($0) ? try studyRow($1) : 0 }
        let series = try outcome.series.enumerated().map {
            used.contains($0) ? try seriesRow($1, study: studies[$0]) : 0
        }
        let packs = try outcome.packs.map { try packRow($0, series: series[$0.series]) }
        let instances = try instanceRows(packs: packs, series: series)
        try fileRows(instances: instances)
        try finishDrop()
        try appendEvents(studies: studies)
    }

    private func patientRow(_ facts: DropOutcome.SeriesFacts) throws -> Int64 {
        if !facts.patientID.isEmpty {
            let known = try Int64.fetchOne(
                database,
                // As the index says it, which has patients with an id alone.
                kept:
                    "SELECT id FROM patient WHERE party_id = ? AND patient_id = ? AND issuer = ? AND patient_id <> ''",
                arguments: [party, facts.patientID, facts.issuer])
            if let known { return known }
        }
        try database.execute(
            kept: "INSERT INTO patient (party_id, patient_id, issuer, attributes) VALUES (?, ?, ?, ?)",
            arguments: [party, facts.patientID, facts.issuer, facts.patientAttributes])
        return database.lastInsertedRowID
    }

    private func studyRow(_ facts: DropOutcome.SeriesFacts) throws -> Int64 {
        let known = try Int64.fetchOne(
            database, kept: "SELECT id FROM study WHERE exam_key = ?", arguments: [facts.examKey])
        if let known {
            try revive(known, facts)
            try database.execute(kept: "UPDATE study SET last_stored_at = ? WHERE id = ?", arguments: [at, known])
            return known
        }
        try database.execute(
            kept: """
                INSERT INTO study (party_id, patient_row, exam_key, study_uid, accession_number, study_date, attributes,
                    first_stored_at, last_stored_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                party, try patientRow(facts), facts.examKey, facts.studyInstanceUID, facts.accessionNumber,
                facts.studyDate, facts.studyAttributes, at, at,
            ])
        return database.lastInsertedRowID
    }

    /// A study whose images were deleted is what the new ones say.
    private func revive(_ study: Int64, _ facts: DropOutcome.SeriesFacts) throws {
        try database.execute(
            kept: """
                UPDATE study SET deleted_at = NULL, first_stored_at = ?, accession_number = ?, study_date = ?, attributes = ?
                WHERE id = ? AND deleted_at IS NOT NULL
                """,
            arguments: [at, facts.accessionNumber, facts.studyDate, facts.studyAttributes, study])
        if database.changesCount > 0 { try OpenReadings.remake(database, study: study) }
    }

    private func seriesRow(_ facts: DropOutcome.SeriesFacts, study: Int64) throws -> Int64 {
        let known = try Int64.fetchOne(
            database, kept: "SELECT id FROM series WHERE study_id = ? AND series_uid = ?",
            arguments: [study, facts.seriesInstanceUID])
        if let known { return known }
        try database.execute(
            kept: """
                INSERT INTO series (id, study_id, series_uid, modality, body_part, attributes) VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                try RowLimits.next(database, in: "series"), study, facts.seriesInstanceUID, facts.modality,
                facts.bodyPart,
                facts.seriesAttributes,
            ])
        return database.lastInsertedRowID
    }

    private func packRow(_ facts: DropOutcome.PackFacts, series: Int64) throws -> Int64 {
        try database.execute(
            kept: """
                INSERT INTO pack (id, series_id, drop_id, digest, tier, byte_count, member_count)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                try RowLimits.next(database, in: "pack"), series, drop.id.number, Data(facts.digest.bytes), facts.tier,
                facts.byteCount, facts.memberCount,
            ])
        return database.lastInsertedRowID
    }

    private func instanceRows(packs: [Int64], series: [Int64]) throws -> [Int64] {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO instance (id, series_id, pack_id, sop_key, sop_uid, is_primary, pack_offset, byte_count, sha256,
                    attributes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        // Those after the first follow it.
        var next = outcome.instances.isEmpty ? nil : try RowLimits.next(database, in: "instance")
        return try outcome.instances.map { facts in
            let pack = outcome.packs[facts.pack]
            statement.setUncheckedArguments([
                next, series[pack.series], packs[facts.pack], InstanceKey.make(party: party, uid: facts.sopInstanceUID),
                facts.sopInstanceUID, facts.conflict ? 0 : 1, facts.offset, facts.byteCount,
                Data(facts.sha256.bytes), facts.attributes,
            ])
            try statement.execute()
            next = nil
            return database.lastInsertedRowID
        }
    }

    private func fileRows(instances: [Int64]) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO drop_file (id, path, status, reason, instance_id, byte_count, sha256, sop_uid)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for (position, file) in outcome.files.enumerated() {
            let instance: Int64? =
                switch file.instance {
                case .new(let index): instances[index]
                case .known(let id): id
                case .none: nil
                }
            let isDetached = instance == nil
            statement.setUncheckedArguments([
                DropFileID.make(drop: drop.id, position: position), file.path, file.status.rawValue, file.reason,
                instance, isDetached ? file.byteCount : nil, isDetached ? file.sha256.map { Data($0.bytes) } : nil,
                isDetached ? file.sopInstanceUID : nil,
            ])
            try statement.execute()
        }
    }

    private func finishDrop() throws {
        try database.execute(
            kept: """
                UPDATE intake SET state = ?, attested = ?, sha256 = ?, byte_count = ?, status = ?, reason = ?,
                    receipt = ?, received_at = COALESCE(received_at, ?) WHERE id = ?
                """,
            arguments: [
                outcome.isHeld ? "held" : "done", outcome.attested, Data(outcome.sha256.bytes), outcome.byteCount,
                outcome.status, outcome.reason, try receiptName(), at, drop.id.number,
            ])
    }

    /// `<kind>.<drop name>.<8 hex>.json`, with `.2`, `.3` … for a later drop of the same name and bytes.
    private func receiptName() throws -> String {
        let stem = ReceiptName.stem(kind: drop.kind, name: drop.name, digest: outcome.sha256)
        let names = try String.fetchAll(
            database,
            kept: "SELECT receipt FROM intake WHERE party = ? AND kind = ? AND sha256 = ? AND receipt IS NOT NULL",
            arguments: [drop.party, drop.kind, Data(outcome.sha256.bytes)])
        return ReceiptName.free(stem: stem, taken: Set(names))
    }

    private func appendEvents(studies: [Int64]) throws {
        try Catalog.append(
            database,
            LedgerEvent(
                act: "received:\(drop.id)", at: at, kind: .dropReceived, party: drop.party, drop: drop.id,
                instanceCount: outcome.instances.count, byteCount: outcome.byteCount,
                detail: "\(outcome.status)\(outcome.reason.map { ": \($0)" } ?? "")"))
        var perStudy: [Int64: (count: Int, bytes: Int64, tier: String)] = [:]
        for instance in outcome.instances {
            let pack = outcome.packs[instance.pack]
            let sum = perStudy[studies[pack.series], default: (0, 0, pack.tier)]
            perStudy[studies[pack.series]] = (sum.count + 1, sum.bytes + instance.byteCount, pack.tier)
        }
        try meter()
        for (study, sum) in perStudy.sorted(by: { $0.key < $1.key }) {
            try Catalog.noteUse(database, study: study, at: at)
            try Catalog.noteChange(
                database, study: study, .images, at: at, isDeclaredWhole: outcome.declaresExamsWhole)
            try Catalog.noteLiaison(database, .exam, study, at: at)
            try Catalog.append(
                database,
                LedgerEvent(
                    act: "stored:\(drop.id):\(study)", at: at, kind: .instancesStored, party: drop.party,
                    drop: drop.id, study: study, tier: sum.tier, instanceCount: sum.count, byteCount: sum.bytes))
        }
    }

    /// Meters what is charged from now on: what was stored and what conflicts, which is kept as well; no duplicate.
    private func meter() throws {
        struct Place: Hashable {
            let exam: String
            let tier: String
        }
        var bytes: [Place: Int64] = [:]
        for instance in outcome.instances {
            let pack = outcome.packs[instance.pack]
            bytes[Place(exam: outcome.series[pack.series].examKey, tier: pack.tier), default: 0] += instance.byteCount
        }
        for (place, sum) in bytes.sorted(by: { ($0.key.exam, $0.key.tier) < ($1.key.exam, $1.key.tier) }) {
            try Catalog.meterStored(
                database, drop: drop.id, facility: drop.party, exam: place.exam, tier: place.tier, byteCount: sum,
                at: at)
        }
    }
}

/// The key of a drop's file in `drop_file`.
enum DropFileID {
    /// Files of one drop at most: the configuration's limit of entries is checked against it.
    static let positionLimit: Int64 = 1 << 24

    static func make(drop: DropID, position: Int) -> Int64 {
        precondition(Int64(position) < positionLimit, "a drop has at most 16,777,216 files")
        return drop.number * positionLimit + Int64(position)
    }
}
