// What came of a drop of small documents (diagnoses, requests): one transaction for all of its items.
//
// Invariants: all or nothing; the lease of the work is still held. The drop's bytes are kept with its facts.

internal import Foundation
internal import GRDB
package import Files

/// One line of a receipt's `items`.
package struct ItemFacts: Sendable, Equatable {
    package enum Status: String, Sendable {
        case accepted, waiting, duplicate, refused
    }

    package let position: Int
    /// The id that its sender gave it; nil where it has none.
    package let name: String?
    package let status: Status
    package let reason: String?
    /// Of its content, for telling a repetition from another one with the same id.
    package let sha256: SHA256Digest

    package init(position: Int, name: String?, status: Status, reason: String?, sha256: SHA256Digest) {
        self.position = position
        self.name = name
        self.status = status
        self.reason = reason
        self.sha256 = sha256
    }
}

/// What an accepted item causes.
package enum ItemEffect: Sendable {
    /// Readers are assigned.
    case assign(study: Int64, protocolID: String, [NewAssignment])
    /// Something is published (again).
    case publish(Publication)
    /// A request for exams is taken in.
    case lend(NewLendingRequest)
    /// What was published of a subject lies there again for everybody from whom it was withdrawn.
    case restore(Publication.Subject, Int64)
    /// The office keeps an exam, or frees it.
    case hold(HoldOrder)
    /// An invoice or some of its lines are given back, or more is charged on it.
    case note(NewNote)
    /// An exam is deleted.
    case delete(DeletionOrder)
    /// A facility lets another one ask for an exam, or no longer.
    case refer(ReferralOrder)
    /// The office says whose an exam is.
    case settle(SettlementOrder)
    /// What a chart says is noted.
    case chart(NewChart)
}

/// The outcome of such a drop.
package struct ItemsOutcome: Sendable {
    package let sha256: SHA256Digest
    package let byteCount: Int64
    package let attested: Bool
    package let status: String
    package let reason: String?
    package let isHeld: Bool
    /// The drop's bytes; nil where the archive has what was taken of it.
    package let content: [UInt8]?
    package let diagnoses: [DiagnosisFacts]
    package let items: [ItemFacts]
    package let effects: [ItemEffect]
    package let reports: [ReportFacts]
    /// Lines of the receipt's `files`.
    package let files: [DropOutcome.FileFacts]
    /// The party's generation before its files were written into the archive; nil where none were.
    package let generation: Int64?

    package init(
        sha256: SHA256Digest, byteCount: Int64, attested: Bool, status: String, reason: String?, isHeld: Bool,
        content: [UInt8]?, diagnoses: [DiagnosisFacts] = [], items: [ItemFacts] = [], effects: [ItemEffect] = [],
        reports: [ReportFacts] = [], files: [DropOutcome.FileFacts] = [], generation: Int64? = nil
    ) {
        self.sha256 = sha256
        self.byteCount = byteCount
        self.attested = attested
        self.status = status
        self.reason = reason
        self.isHeld = isHeld
        self.content = content
        self.diagnoses = diagnoses
        self.items = items
        self.effects = effects
        self.reports = reports
        self.files = files
        self.generation = generation
    }
}

extension Catalog {
    /// - Throws: `.leaseLost`; `.overtaken`, `.moving`, `.removing` when it has to be judged again.
    package func commit(
        _ outcome: ItemsOutcome, of drop: DropRecord, work: Work, owner: String, at: String
    ) throws(CatalogError) {
        try write { database in
            try Self.close(database, work: work, owner: owner)
            let party = try Self.partyRow(database, drop.party)
            if let generation = outcome.generation {
                let now = try Int64.fetchOne(
                    database, kept: "SELECT generation FROM party WHERE id = ?", arguments: [party])
                guard now == generation else { throw CatalogError.overtaken }
            }
            try Self.requireNoRemoval(database, of: outcome.reports.map(\.digest))
            let head = DropOutcome(
                sha256: outcome.sha256, byteCount: outcome.byteCount, attested: outcome.attested,
                status: outcome.status, reason: outcome.reason, isHeld: outcome.isHeld, files: outcome.files)
            try OutcomeWriter(database: database, drop: drop, party: party, outcome: head, at: at).write()
            if let content = outcome.content {
                try database.execute(
                    kept: "INSERT INTO drop_content (drop_id, content) VALUES (?, ?)",
                    arguments: [drop.id.number, Data(content)])
            }
            for facts in outcome.diagnoses { try Self.insert(database, facts, drop: drop.id, at: at) }
            for report in outcome.reports { try Self.insert(database, report, drop: drop.id, at: at) }
            for item in outcome.items { try Self.insert(database, item, drop: drop) }
            for effect in outcome.effects { try Self.apply(database, effect, of: drop, at: at) }
            try database.execute(
                kept: "INSERT INTO work (pipeline, stage, drop_id) VALUES (?, 'publish', ?)",
                arguments: [drop.kind, drop.id.number])
        }
    }

    private static func insert(_ database: Database, _ item: ItemFacts, drop: DropRecord) throws {
        try database.execute(
            kept: """
                INSERT INTO drop_item (drop_id, position, name, status, reason, party, sha256) VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                drop.id.number, item.position, item.name, item.status.rawValue, item.reason, drop.party,
                Data(item.sha256.bytes),
            ])
    }

    private static func apply(
        _ database: Database, _ effect: ItemEffect, of drop: DropRecord, at: String
    ) throws {
        switch effect {
        case .assign(let study, let protocolID, let assignments):
            try assign(database, study: study, protocolID: protocolID, assignments, at: at)
            try noteChange(database, study: study, .result, at: at)
        case .publish(let publication):
            try publish(database, publication, isNewContent: true, at: at)
        case .lend(let request): try insert(database, request, drop: drop, at: at)
        case .restore(let subject, let id): try publishAgain(database, subject, id, at: at)
        case .hold(let order): try insert(database, order, drop: drop, at: at)
        case .note(let note): try issue(database, note, cause: drop.id, at: at)
        case .delete(let order): try delete(database, order, drop: drop, at: at)
        case .refer(let order): try insert(database, order, drop: drop, at: at)
        case .settle(let order): try insert(database, order, drop: drop, at: at)
        case .chart(let chart): try ChartWriter(database: database, drop: drop.id, at: at).write(chart)
        }
    }

    /// The items of a drop, in its order.
    package func items(ofDrop drop: DropID) throws(CatalogError) -> [ItemFacts] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM drop_item WHERE drop_id = ? ORDER BY position",
                arguments: [drop.number]
            ).compactMap { Self.item($0) }
        }
    }

    /// What a party has sent under an id and was not refused; nil when it has not.
    package func acceptedItem(party: String, name: String) throws(CatalogError) -> ItemFacts? {
        try read { database in
            try Row.fetchOne(
                database,
                kept: """
                    SELECT * FROM drop_item WHERE party = ? AND name = ? AND status IN ('accepted', 'waiting')
                    ORDER BY drop_id, position LIMIT 1
                    """,
                arguments: [party, name]
            ).flatMap { Self.item($0) }
        }
    }

    private static func item(_ row: Row) -> ItemFacts? {
        guard let status = ItemFacts.Status(rawValue: row["status"]), let sha256 = digest(row["sha256"]) else {
            return nil
        }
        return ItemFacts(
            position: row["position"], name: row["name"], status: status, reason: row["reason"], sha256: sha256)
    }
}
