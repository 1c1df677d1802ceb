// What a facility used in a month, from the sums by day; and what came too late for months that are closed.
//
// Reads only. No event is read, but those that are late and those that deleted something.

package import Accounting
internal import GRDB

/// What came too late for a month.
package struct LateUse: Sendable {
    /// Storage is all of the month, fees only what is late.
    package let use: MonthUse
    /// What was charged of its storage so far.
    package let billed: [BilledStorage]
    /// Late events of storage, by tier.
    package let eventCounts: [String: Int]
}

/// Reads sums of one party.
struct MonthUses {
    let database: Database
    let party: Int64
    let name: String
    let calendar: BillingCalendar

    /// For so long after they were stored bytes can be charged that are deleted.
    private let storageMinimumSeconds: Int64

    init(database: Database, party: Int64, name: String, storageMinimumDays: Int) throws {
        self.database = database
        self.party = party
        self.name = name
        storageMinimumSeconds = Int64(storageMinimumDays) * 86_400
        calendar = try UsageSums.account(database, party: party).calendar
    }

    func use(of month: BillingMonth) throws -> MonthUse { try use(of: month, fees: try fees(month)) }

    private func use(of month: BillingMonth, fees: [FeeUse]) throws -> MonthUse {
        let boundaries = calendar.boundaries(month.days)
        return MonthUse(
            party: name, month: month, timeZone: calendar.timeZone(ofDay: month.days.lowerBound),
            boundaries: boundaries, storage: try storage(month),
            deletions: try deletions(from: boundaries[0], to: boundaries[boundaries.count - 1]), fees: fees)
    }

    private func storage(_ month: BillingMonth) throws -> [StorageUse] {
        let find = try database.cachedStatement(
            sql: """
                SELECT tier, day, byte_delta, moment_high, moment_low, event_count FROM storage_day
                WHERE party_id = ? AND day >= ? ORDER BY tier, day
                """)
        let rows = try Row.fetchAll(find, arguments: [party, month.days.lowerBound])
        let byTier = Dictionary(grouping: rows) { $0["tier"] as String }
        let balances = try database.cachedStatement(
            sql: "SELECT tier, byte_count FROM storage_balance WHERE party_id = ? ORDER BY tier")
        return try Row.fetchAll(balances, arguments: [party]).compactMap { row in
            let days = byTier[row["tier"], default: []].map { Self.day($0) }
            let opening = (row["byte_count"] as Int64) - days.reduce(0) { $0 + $1.byteDelta }
            let within = days.filter { month.days.contains($0.day) }
            guard opening != 0 || !within.isEmpty else { return nil }
            return StorageUse(tier: row["tier"], openingByteCount: opening, days: within)
        }
    }

    private static func day(_ row: Row) -> StorageUse.Day {
        let high: Int64 = row["moment_high"]
        let low: Int64 = row["moment_low"]
        return StorageUse.Day(
            day: row["day"], byteDelta: row["byte_delta"],
            moment: Int128(high) << Int128(UsageSums.momentBits) + Int128(low), eventCount: row["event_count"])
    }

    /// Deletions of bytes that may still be charged: none where no price list charges for them.
    private func deletions(from: Int64, to: Int64) throws -> [DeletedUse] {
        guard storageMinimumSeconds > 0 else { return [] }
        let find = try database.cachedStatement(
            sql: """
                SELECT from_tier, byte_count, at_seconds, since_seconds FROM usage_event
                WHERE party_id = ? AND kind = 'deleted' AND at_seconds >= ? AND at_seconds < ?
                    AND at_seconds - COALESCE(since_seconds, at_seconds) < ?
                ORDER BY from_tier, at_seconds, act
                """)
        let arguments: StatementArguments = [party, from - storageMinimumSeconds, to, storageMinimumSeconds]
        return try Row.fetchAll(find, arguments: arguments).map { row in
            DeletedUse(
                tier: row["from_tier"], byteCount: row["byte_count"], atSeconds: row["at_seconds"],
                sinceSeconds: row["since_seconds"] ?? row["at_seconds"])
        }
    }

    private func fees(_ month: BillingMonth) throws -> [FeeUse] {
        let find = try database.cachedStatement(
            sql: """
                SELECT day, purpose, unit_price, currency, description, event_count, waived_count
                FROM fee_day JOIN fee ON fee.id = fee_id WHERE party_id = ? AND day >= ? AND day < ? ORDER BY day, fee_id
                """)
        return try Row.fetchAll(find, arguments: [party, month.days.lowerBound, month.days.upperBound]).map { row in
            try Self.fee(row, day: row["day"], events: row["event_count"], waived: row["waived_count"])
        }
    }

    private static func fee(_ row: Row, day: Int64, events: Int64, waived: Int64) throws -> FeeUse {
        guard let price = Price(row["unit_price"] as String) else {
            throw CatalogError.database("'\(row["unit_price"] as String)' is no price")
        }
        return FeeUse(
            day: day, purpose: row["purpose"], unitPrice: price, currency: row["currency"],
            description: row["description"], eventCount: events, waivedCount: waived)
    }

    /// What came too late for closed months, and is on no invoice yet: events after one and up to another.
    func late(after from: Int64, upTo head: Int64) throws -> [LateUse] {
        let rows = try Row.fetchAll(
            database,
            kept: """
                SELECT month, kind, tier, from_tier, usage_event.at_seconds, metered, waived, purpose, unit_price, currency, description
                FROM late_usage JOIN usage_event ON usage_event.id = event_id LEFT JOIN fee ON fee.id = fee_id
                WHERE late_usage.party_id = ? AND event_id > ? AND event_id <= ? ORDER BY event_id
                """,
            arguments: [party, from, head])
        guard let first = rows.map({ $0["month"] as String }).min() else { return [] }
        let closed = try String.fetchAll(
            database, kept: "SELECT month FROM billing_close WHERE party_id = ? AND month >= ? ORDER BY month",
            arguments: [party, first])
        return try closed.compactMap { BillingMonth($0) }.map { month in
            let own = rows.filter { $0["month"] == month.description }
            let fees = try own.filter { $0["kind"] == "delivered" }.map { row in
                let waived: Int64 = row["waived"]
                let metered: Int64 = row["metered"]
                let isWaived = waived > 0 && waived == metered
                return try Self.fee(row, day: calendar.day(at: row["at_seconds"]), events: 1, waived: isWaived ? 1 : 0)
            }
            return LateUse(
                use: try use(of: month, fees: fees), billed: try billed(month),
                eventCounts: Self.storageEvents(rows.filter { ($0["month"] as String) <= month.description }))
        }
    }

    /// How many events there are of each tier: a move is one of both.
    private static func storageEvents(_ rows: [Row]) -> [String: Int] {
        let tiers = rows.flatMap { row in
            Set([row["tier"] as String?, row["from_tier"] as String?].compactMap(\.self))
        }
        return Dictionary(tiers.map { ($0, 1) }, uniquingKeysWith: +)
    }

    private func billed(_ month: BillingMonth) throws -> [BilledStorage] {
        try Row.fetchAll(
            database, kept: "SELECT * FROM billed_storage WHERE party_id = ? AND month = ? ORDER BY id",
            arguments: [party, month.description]
        ).map { row in
            guard let byteSeconds = Int128(row["byte_seconds"] as String) else {
                throw CatalogError.database("'\(row["byte_seconds"] as String)' are no byte-seconds")
            }
            return BilledStorage(tier: row["tier"], days: row["from_day"]..<row["to_day"], byteSeconds: byteSeconds)
        }
    }
}
