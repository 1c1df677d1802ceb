// Meters what happened before there was a ledger, from the entries of `event` and the packs.
//
// Invariant: afterwards each exam has as many bytes in each tier as the catalogue says. Where its entries do not come to
// that, as after a rebuild, it is metered as stored where it is now, when its drops came.

internal import Accounting
internal import GRDB

struct UsageHistory {
    let database: Database

    private struct Place: Hashable {
        let study: Int64
        let tier: String
    }

    func meter() throws {
        let whole = try studiesToldWhole()
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT event.*, exam_key FROM event JOIN study ON study.id = study_id
                WHERE kind IN ('instancesStored', 'demoted', 'recalled') ORDER BY event.id
                """)
        while let row = try rows.next() {
            if whole.contains(row["study_id"]) { try meter(row) }
        }
        try meterPacks(except: whole)
    }

    /// Studies whose entries come to what their packs hold.
    private func studiesToldWhole() throws -> Set<Int64> {
        var told: [Place: Int64] = [:]
        var studies: Set<Int64> = []
        let events = try Row.fetchCursor(
            database,
            sql: """
                SELECT study_id, kind, tier, byte_count, detail FROM event
                WHERE kind IN ('instancesStored', 'demoted', 'recalled') AND study_id IS NOT NULL
                """)
        while let row = try events.next() {
            guard let tier: String = row["tier"], let bytes: Int64 = row["byte_count"] else { continue }
            studies.insert(row["study_id"])
            told[Place(study: row["study_id"], tier: tier), default: 0] += bytes
            if let from = Self.origin(row) { told[Place(study: row["study_id"], tier: from), default: 0] -= bytes }
        }
        let packs = try Row.fetchCursor(
            database,
            sql: """
                SELECT study_id, tier, SUM(instance.byte_count) AS bytes FROM instance JOIN pack ON pack.id = pack_id
                JOIN series ON series.id = pack.series_id GROUP BY study_id, tier
                """)
        while let row = try packs.next() {
            studies.insert(row["study_id"])
            told[Place(study: row["study_id"], tier: row["tier"]), default: 0] -= row["bytes"] as Int64
        }
        for (place, difference) in told where difference != 0 { studies.remove(place.study) }
        return studies
    }

    /// The tier that a moved pack came from: `from fast, …`.
    private static func origin(_ row: Row) -> String? {
        guard let detail: String = row["detail"], row["kind"] != "instancesStored", detail.hasPrefix("from ") else {
            return nil
        }
        return detail.dropFirst("from ".count).split(separator: ",").first.map(String.init)
    }

    private func meter(_ row: Row) throws {
        let event = LedgerEvent(row)
        guard let tier = event.tier, let bytes = event.byteCount else { return }
        let exam: String = row["exam_key"]
        if event.kind == LedgerEvent.Kind.instancesStored.rawValue, let drop = event.drop {
            try Catalog.meterStored(
                database, drop: drop, facility: event.party, exam: exam, tier: tier, byteCount: bytes, at: event.at)
        } else if let from = Self.origin(row) {
            try Catalog.meterMove(
                database, event, exam: exam, from: from,
                cause: String(event.act.split(separator: ":").dropFirst().first ?? ""))
        }
    }

    private func meterPacks(except whole: Set<Int64>) throws {
        let rows = try Row.fetchAll(
            database,
            kept: """
                SELECT study_id, exam_key, party.name AS party, pack.drop_id, tier, SUM(instance.byte_count) AS bytes,
                    COALESCE(received_at, first_stored_at) AS at
                FROM instance JOIN pack ON pack.id = pack_id JOIN series ON series.id = pack.series_id
                JOIN study ON study.id = study_id JOIN party ON party.id = study.party_id
                JOIN intake ON intake.id = pack.drop_id GROUP BY study_id, pack.drop_id, tier ORDER BY MIN(pack.id)
                """)
        for row in rows where !whole.contains(row["study_id"]) {
            try Catalog.meterStored(
                database, drop: DropID(row["drop_id"]), facility: row["party"], exam: row["exam_key"],
                tier: row["tier"],
                byteCount: row["bytes"], at: row["at"])
        }
    }
}

extension Catalog {
    /// Meters what a drop stored of an exam.
    static func meterStored(
        _ database: Database, drop: DropID, facility: String, exam: String, tier: String, byteCount: Int64, at: String
    ) throws {
        try meter(
            database,
            StorageMovement(
                id: "stored:\(drop):\(exam):\(tier)", kind: .stored, party: facility, atSeconds: try seconds(at),
                exam: exam, cause: drop.description, tier: tier, byteCount: byteCount))
    }

    /// Meters a pack that moved, by the ledger's entry of it.
    static func meterMove(
        _ database: Database, _ event: LedgerEvent, exam: String, from: String, cause: String
    ) throws {
        guard let kind = StorageMovement.Kind(rawValue: event.kind), let bytes = event.byteCount else { return }
        try meter(
            database,
            StorageMovement(
                id: event.act, kind: kind, party: event.party, atSeconds: try seconds(event.at), exam: exam,
                cause: cause,
                tier: event.tier, fromTier: from, byteCount: bytes))
    }
}
