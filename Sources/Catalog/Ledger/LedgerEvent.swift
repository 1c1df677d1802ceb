// One entry of the append-only ledger: something happened, once.
//
// Invariant: `act` names the act itself, so that writing the same act twice leaves one entry. Entries are never
// changed or removed.

internal import GRDB

/// Something that happened to a drop or an exam.
package struct LedgerEvent: Sendable {
    package enum Kind: String, Sendable {
        case dropIncomplete, dropReceived, dropHeld, dropReleased, receiptPublished
        case instancesStored, instanceConflict, patientConflict, catalogRebuilt
        case examAssigned, packetMade, readSealed, readRetracted, quorumReached, determined, published, acknowledged,
            withdrawn
        case demoted, recalled
        case reportStored, reportChanged
        case requested, released
        case examHeld, examFreed
        case restoreDrilled
        case deleted, filesRemoved
        case examReferred, referralEnded
        case patientsMerged
        case examSettled
    }

    /// The act's own name, unique in the site.
    package let act: String
    /// ISO 8601 with offset.
    package let at: String
    package let kind: String
    package let party: String
    package let drop: DropID?
    package let study: Int64?
    package let tier: String?
    package let instanceCount: Int?
    package let byteCount: Int64?
    package let detail: String?

    package init(
        act: String, at: String, kind: Kind, party: String, drop: DropID? = nil, study: Int64? = nil,
        tier: String? = nil, instanceCount: Int? = nil, byteCount: Int64? = nil, detail: String? = nil
    ) {
        self.act = act
        self.at = at
        self.kind = kind.rawValue
        self.party = party
        self.drop = drop
        self.study = study
        self.tier = tier
        self.instanceCount = instanceCount
        self.byteCount = byteCount
        self.detail = detail
    }

    init(_ row: Row) {
        act = row["act"]
        at = row["at"]
        kind = row["kind"]
        party = row["party"]
        drop = (row["drop_id"] as Int64?).map { DropID($0) }
        study = row["study_id"]
        tier = row["tier"]
        instanceCount = row["instance_count"]
        byteCount = row["byte_count"]
        detail = row["detail"]
    }
}

extension Catalog {
    /// Appends an entry unless its act is there already.
    static func append(_ database: Database, _ event: LedgerEvent) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO event (act, at, kind, party, drop_id, study_id, tier, instance_count, byte_count, detail)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (act) DO NOTHING
                """)
        try statement.execute(arguments: [
            event.act, event.at, event.kind, event.party, event.drop?.number, event.study, event.tier,
            event.instanceCount, event.byteCount, event.detail,
        ])
    }

    /// Appends an entry unless its act is there already.
    package func append(_ event: LedgerEvent) throws(CatalogError) {
        try write { try Self.append($0, event) }
    }

    /// The entries of a drop, oldest first.
    package func events(ofDrop drop: DropID) throws(CatalogError) -> [LedgerEvent] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM event WHERE drop_id = ? ORDER BY id", arguments: [drop.number]
            ).map { LedgerEvent($0) }
        }
    }

    /// The entries of an exam, oldest first.
    package func events(ofStudy study: Int64) throws(CatalogError) -> [LedgerEvent] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM event WHERE study_id = ? ORDER BY id", arguments: [study]
            ).map { LedgerEvent($0) }
        }
    }

    /// The entry of an act; nil when there is none.
    package func event(act: String) throws(CatalogError) -> LedgerEvent? {
        try read { database in
            try Row.fetchOne(database, kept: "SELECT * FROM event WHERE act = ?", arguments: [act])
                .map { LedgerEvent($0) }
        }
    }
}
