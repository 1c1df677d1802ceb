// The usage ledger: what was used, by whom, when; written in the transaction of the act itself.
//
// Invariants: an act has one event, however often it is written; events are never changed; each event's digest is taken over
// the digest before it and the event itself, so that none can be changed, left out or added unseen. The sums by day are
// kept in the same transaction. Days are those of the payer's own time zone, as `account` has it.

package import Accounting
internal import Foundation
internal import GRDB
internal import Files
internal import Radiology

/// One row of the ledger, before it has its place in the chain.
struct UsageRow {
    let act: String
    let kind: String
    let party: String
    let atSeconds: Int64
    let exam: String?
    let cause: String
    var tier: String?
    var fromTier: String?
    var byteCount: Int64?
    var sinceSeconds: Int64?
    var fee: FeeRow?
    var metered: Int64?
    var waived: Int64?

    /// The fee that a delivery has.
    struct FeeRow: Hashable {
        let purpose: String
        let unitPrice: String
        let currency: String
        let description: String
        let explanation: String
    }

    /// What the digest is taken over besides the digest before: each field on its own line, with its length.
    var canonicalText: String {
        let numbers = [atSeconds, byteCount, sinceSeconds, metered, waived].map { $0.map { String($0) } }
        let fees = fee.map { [$0.purpose, $0.unitPrice, $0.currency, $0.description, $0.explanation] } ?? []
        let fields = [act, kind, party, exam, cause, tier, fromTier] + numbers + fees
        return fields.map { field in field.map { "\($0.utf8.count):\($0)\n" } ?? "-\n" }.joined()
    }
}

/// A use of either kind.
package enum MeteredUse: Sendable {
    case movement(StorageMovement)
    case fee(UsageEvent)
}

extension Catalog {
    /// Meters a use that has a price, unless its act is there already.
    ///
    /// - Returns: Whether it is new.
    @discardableResult
    static func meter(_ database: Database, _ event: UsageEvent) throws -> Bool {
        var row = UsageRow(
            act: event.id, kind: "delivered", party: event.party, atSeconds: event.at.seconds, exam: event.exam,
            cause: event.request ?? "")
        row.fee = UsageRow.FeeRow(
            purpose: event.purpose ?? "", unitPrice: event.unitPrice.description, currency: event.metered.currency.code,
            description: event.description, explanation: event.explanation)
        row.metered = event.metered.minorUnits
        row.waived = event.waived.minorUnits
        return try meter(database, row)
    }

    /// Meters bytes that came, went or moved, unless the act is there already.
    ///
    /// - Returns: Whether it is new.
    @discardableResult
    static func meter(_ database: Database, _ movement: StorageMovement) throws -> Bool {
        var row = UsageRow(
            act: movement.id, kind: movement.kind.rawValue, party: movement.party, atSeconds: movement.atSeconds,
            exam: movement.exam, cause: movement.cause)
        row.tier = movement.tier
        row.fromTier = movement.fromTier
        row.byteCount = movement.byteCount
        row.sinceSeconds = movement.sinceSeconds
        return try meter(database, row)
    }

    /// Meters the deletion of an exam's bytes from a tier, unless the act is there already.
    ///
    /// What was stored before an earlier deletion is of no account.
    ///
    /// - Parameters:
    ///   - act: What names the deletion for good, with the tier: `deleted:<order>:<exam>:<tier>`.
    ///   - at: ISO 8601 with offset.
    @discardableResult
    static func meterDeletion(
        _ database: Database, act: String, facility: String, exam: String, tier: String, byteCount: Int64,
        cause: String,
        at: String
    ) throws -> Bool {
        let since = try Int64.fetchOne(
            database,
            kept: """
                SELECT MIN(at_seconds) FROM usage_event WHERE exam = ? AND kind = 'stored' AND id > (
                    SELECT COALESCE(MAX(id), 0) FROM usage_event
                    WHERE exam = ? AND kind = 'deleted' AND cause <> ?)
                """,
            arguments: [exam, exam, cause])
        return try meter(
            database,
            StorageMovement(
                id: act, kind: .deleted, party: facility, atSeconds: try seconds(at), exam: exam, cause: cause,
                tier: nil,
                fromTier: tier, byteCount: byteCount, sinceSeconds: since))
    }

    /// Meters a use that has a price, in a transaction of its own.
    @discardableResult
    package func meter(_ event: UsageEvent) throws(CatalogError) -> Bool { try write { try Self.meter($0, event) } }

    /// Meters a movement, in a transaction of its own.
    @discardableResult
    package func meter(_ movement: StorageMovement) throws(CatalogError) -> Bool {
        try write { try Self.meter($0, movement) }
    }

    /// Meters uses in their order, all in one transaction; what is there already is left out.
    package func meter(_ uses: [MeteredUse]) throws(CatalogError) {
        try write { database in
            for use in uses {
                switch use {
                case .movement(let movement): try Self.meter(database, movement)
                case .fee(let event): try Self.meter(database, event)
                }
            }
        }
    }

    /// When a party was last charged for an exam under a purpose: what was free is no charge.
    ///
    /// - Returns: Milliseconds since 1970; nil for never.
    static func lastCharged(_ database: Database, party: String, exam: String, purpose: String) throws -> Int64? {
        try Int64.fetchOne(
            database,
            kept: """
                SELECT MAX(at_seconds) * 1000 FROM usage_event JOIN fee ON fee.id = fee_id
                JOIN party ON party.id = party_id
                WHERE exam = ? AND kind = 'delivered' AND party.name = ? AND purpose = ? AND metered > waived
                """,
            arguments: [exam, party, purpose])
    }

    /// When a party was last charged for an exam under a purpose: what was free is no charge.
    ///
    /// - Returns: Milliseconds since 1970; nil for never.
    package func lastCharged(party: String, exam: String, purpose: String) throws(CatalogError) -> Int64? {
        try read { try Self.lastCharged($0, party: party, exam: exam, purpose: purpose) }
    }

    /// Seconds since 1970 of a record's time.
    static func seconds(_ at: String) throws -> Int64 {
        guard let instant = Instant(iso8601: at) else { throw CatalogError.database("'\(at)' is no instant") }
        return instant.seconds
    }

    static func meter(_ database: Database, _ row: UsageRow) throws -> Bool {
        let find = try database.cachedStatement(sql: "SELECT 1 FROM usage_event WHERE act = ?")
        guard try Int.fetchOne(find, arguments: [row.act]) == nil else { return false }
        let party = try partyRow(database, row.party)
        let fee = try row.fee.map { try feeRow(database, $0) }
        let newest = try database.cachedStatement(sql: "SELECT digest FROM usage_event ORDER BY id DESC LIMIT 1")
        let digest = UsageChain.digest(of: row, after: try Data.fetchOne(newest))
        let insert = try database.cachedStatement(
            sql: """
                INSERT INTO usage_event (act, kind, party_id, at_seconds, exam, cause, tier, from_tier, byte_count,
                    since_seconds, fee_id, metered, waived, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        try insert.execute(arguments: [
            row.act, row.kind, party, row.atSeconds, row.exam, row.cause, row.tier, row.fromTier, row.byteCount,
            row.sinceSeconds, fee, row.metered, row.waived, digest,
        ])
        try UsageSums.add(database, row, event: database.lastInsertedRowID, party: party, fee: fee)
        return true
    }

    private static func feeRow(_ database: Database, _ fee: UsageRow.FeeRow) throws -> Int64 {
        let find = try database.cachedStatement(
            sql: "SELECT id FROM fee WHERE purpose = ? AND unit_price = ? AND currency = ? AND explanation = ?")
        let key: StatementArguments = [fee.purpose, fee.unitPrice, fee.currency, fee.explanation]
        if let id = try Int64.fetchOne(find, arguments: key) { return id }
        try database.execute(
            kept: "INSERT INTO fee (purpose, unit_price, currency, description, explanation) VALUES (?, ?, ?, ?, ?)",
            arguments: [fee.purpose, fee.unitPrice, fee.currency, fee.description, fee.explanation])
        return database.lastInsertedRowID
    }
}

/// The chain of digests over the ledger.
enum UsageChain {
    /// - Parameter before: The digest of the event before; nil for the first.
    static func digest(of row: UsageRow, after before: Data?) -> Data {
        Data(SHA256.digest(of: [UInt8](before ?? Data(count: 32)) + Array(row.canonicalText.utf8)).bytes)
    }
}

extension Instant {
    /// Seconds since 1970; parts of a second are cut off.
    var seconds: Int64 {
        let milliseconds = millisecondsSince1970
        return milliseconds >= 0 ? milliseconds / 1000 : -((999 - milliseconds) / 1000)
    }
}
