// The sums of the usage ledger by day, tier and fee, kept as it grows; and how they are made anew.
//
// Invariant: they are what the ledger says, always: written in the event's own transaction. `verify` holds them against it.
// They are made anew for a facility whose time zone is another now, because its days are others.

internal import Accounting
internal import GRDB
internal import Synchronization

enum UsageSums {
    /// A moment's low part has this many bits.
    static let momentBits: Int64 = 24
    /// The zone of a party of which the configuration says nothing.
    static let usualZone = "UTC"

    private static let calendars = Mutex<[String: BillingCalendar]>([:])

    /// The calendar of a time zone; an unknown one has UTC's.
    ///
    /// - Parameter earlier: Zones that held before it, as `EarlierZone.text` writes them.
    static func calendar(_ zone: String, after earlier: String = "") throws -> BillingCalendar {
        let key = earlier.isEmpty ? zone : "\(earlier);\(zone)"
        if let known = calendars.withLock({ $0[key] }) { return known }
        guard let zones = EarlierZone.zones(earlier) else {
            throw CatalogError.database("'\(earlier)' are no time zones")
        }
        let own = BillingCalendar(timeZone: zone, after: zones) ?? BillingCalendar(timeZone: usualZone, after: zones)
        guard let made = own ?? BillingCalendar(timeZone: usualZone) else {
            throw CatalogError.database("the machine knows no time zone, not even UTC")
        }
        calendars.withLock { $0[key] = made }
        return made
    }

    /// The calendar of a party, and until when its months are closed.
    static func account(_ database: Database, party: Int64) throws -> (calendar: BillingCalendar, closedUntil: Int64) {
        let find = try database.cachedStatement(
            sql: "SELECT time_zone, earlier_zones, closed_until FROM account WHERE party_id = ?")
        guard let row = try Row.fetchOne(find, arguments: [party]) else { return (try calendar(usualZone), 0) }
        return (try calendar(row["time_zone"], after: row["earlier_zones"]), row["closed_until"])
    }

    static func add(_ database: Database, _ row: UsageRow, event: Int64, party: Int64, fee: Int64?) throws {
        let account = try account(database, party: party)
        let day = account.calendar.day(at: row.atSeconds)
        try add(database, row, party: party, fee: fee, day: day, calendar: account.calendar)
        guard row.atSeconds < account.closedUntil else { return }
        let month = BillingMonth(ofDay: day).description
        try database.execute(
            kept: """
                INSERT INTO late_usage (event_id, party_id, month)
                SELECT ?, party_id, month FROM billing_close WHERE party_id = ? AND month = ?
                """,
            arguments: [event, party, month])
    }

    static func add(
        _ database: Database, _ row: UsageRow, party: Int64, fee: Int64?, day: Int64, calendar: BillingCalendar
    ) throws {
        let second = row.atSeconds - calendar.start(ofDay: day)
        for change in changes(row.byteCount, to: row.tier, from: row.fromTier) {
            try add(database, party: party, tier: change.tier, day: day, second: second, byteCount: change.byteCount)
        }
        guard let fee else { return }
        let isWaived = isWaived(metered: row.metered ?? 0, waived: row.waived ?? 0)
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO fee_day (party_id, day, fee_id, event_count, waived_count, metered, waived)
                VALUES (?, ?, ?, 1, ?, ?, ?)
                ON CONFLICT (party_id, day, fee_id) DO UPDATE SET event_count = event_count + 1,
                    waived_count = waived_count + excluded.waived_count, metered = metered + excluded.metered,
                    waived = waived + excluded.waived
                """)
        try statement.execute(arguments: [party, day, fee, isWaived ? 1 : 0, row.metered, row.waived])
    }

    /// What an event does to the bytes of each tier.
    static func changes(_ byteCount: Int64?, to tier: String?, from: String?) -> [(tier: String, byteCount: Int64)] {
        guard let byteCount, tier != from else { return [] }
        return [tier.map { ($0, byteCount) }, from.map { ($0, -byteCount) }].compactMap { $0 }
    }

    /// Bytes × seconds in two parts, neither of which is too large for any number of bytes that a tier can hold.
    static func moment(_ byteCount: Int64, _ second: Int64) -> (high: Int64, low: Int64) {
        ((byteCount >> momentBits) * second, (byteCount & ((1 << momentBits) - 1)) * second)
    }

    /// Whether all of what was metered is free.
    static func isWaived(metered: Int64, waived: Int64) -> Bool { waived > 0 && waived == metered }

    private static func add(
        _ database: Database, party: Int64, tier: String, day: Int64, second: Int64, byteCount: Int64
    ) throws {
        let moment = moment(byteCount, second)
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO storage_day (party_id, tier, day, byte_delta, moment_high, moment_low, event_count)
                VALUES (?, ?, ?, ?, ?, ?, 1)
                ON CONFLICT (party_id, tier, day) DO UPDATE SET byte_delta = byte_delta + excluded.byte_delta,
                    moment_high = moment_high + excluded.moment_high, moment_low = moment_low + excluded.moment_low,
                    event_count = event_count + 1
                """)
        try statement.execute(arguments: [party, tier, day, byteCount, moment.high, moment.low])
        let balance = try database.cachedStatement(
            sql: """
                INSERT INTO storage_balance (party_id, tier, byte_count) VALUES (?, ?, ?)
                ON CONFLICT (party_id, tier) DO UPDATE SET byte_count = byte_count + excluded.byte_count
                """)
        try balance.execute(arguments: [party, tier, byteCount])
    }

    /// Makes the sums of a party anew from its events.
    static func remake(_ database: Database, party: Int64) throws {
        for table in ["storage_day", "storage_balance", "fee_day"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE party_id = ?", arguments: [party])
        }
        let calendar = try account(database, party: party).calendar
        let rows = try Row.fetchCursor(
            database, sql: "\(UsageRow.query) WHERE party_id = ? ORDER BY usage_event.id", arguments: [party])
        while let row = try rows.next() {
            let event = UsageRow(row)
            try add(
                database, event, party: party, fee: row["fee_id"], day: calendar.day(at: event.atSeconds),
                calendar: calendar)
        }
    }
}

extension UsageRow {
    /// Everything that `init(_:)` wants.
    static let query = """
        SELECT usage_event.*, party.name AS party, purpose, unit_price, currency, description, explanation
        FROM usage_event JOIN party ON party.id = party_id LEFT JOIN fee ON fee.id = fee_id
        """

    init(_ row: Row) {
        act = row["act"]
        kind = row["kind"]
        party = row["party"]
        atSeconds = row["at_seconds"]
        exam = row["exam"]
        cause = row["cause"]
        tier = row["tier"]
        fromTier = row["from_tier"]
        byteCount = row["byte_count"]
        sinceSeconds = row["since_seconds"]
        metered = row["metered"]
        waived = row["waived"]
        if row["fee_id"] as Int64? != nil {
            fee = FeeRow(
                purpose: row["purpose"], unitPrice: row["unit_price"], currency: row["currency"],
                description: row["description"], explanation: row["explanation"])
        }
    }
}
