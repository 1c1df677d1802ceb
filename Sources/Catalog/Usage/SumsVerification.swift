// Holds the sums by day, tier and fee against the events of the ledger that they are of.
//
// Reads only. Memory: the sums of one day of one facility.

internal import Accounting
internal import GRDB

struct SumsVerification {
    let database: Database

    /// - Returns: For each party whose sums are not what its events come to, what the first difference is.
    func findings() throws -> [(party: Int64, reason: String)] {
        try Row.fetchAll(database, kept: "SELECT id, name FROM party ORDER BY name").compactMap { row in
            let party: Int64 = row["id"]
            return try difference(party).map { (party, "usage sums: those of \(row["name"] as String) \($0)") }
        }
    }

    /// nil when there is none.
    private func difference(_ party: Int64) throws -> String? {
        let calendar = try UsageSums.account(database, party: party).calendar
        var balances: [String: Int64] = [:]
        var rowCount = 0
        var day: Int64?
        var sums = DaySums()
        let events = try Row.fetchCursor(
            database,
            sql: """
                SELECT at_seconds, tier, from_tier, byte_count, fee_id, metered, waived FROM usage_event
                WHERE party_id = ? ORDER BY at_seconds
                """,
            arguments: [party])
        while let row = try events.next() {
            let at: Int64 = row["at_seconds"]
            let own = calendar.day(at: at)
            if let day, day != own {
                guard try DaySums(database, party: party, day: day) == sums else { return Self.unlike(day) }
                rowCount += sums.storage.count + sums.fees.count
                sums = DaySums()
            }
            day = own
            for change in UsageSums.changes(row["byte_count"], to: row["tier"], from: row["from_tier"]) {
                sums.add(tier: change.tier, byteCount: change.byteCount, second: at - calendar.start(ofDay: own))
                balances[change.tier, default: 0] += change.byteCount
            }
            if let fee: Int64 = row["fee_id"] { sums.add(fee: fee, metered: row["metered"], waived: row["waived"]) }
        }
        if let day {
            guard try DaySums(database, party: party, day: day) == sums else { return Self.unlike(day) }
            rowCount += sums.storage.count + sums.fees.count
        }
        return try remainder(party, rowCount: rowCount, balances: balances)
    }

    private static func unlike(_ day: Int64) -> String {
        "are not what its events of \(BillingDay(number: day)) come to"
    }

    /// Days without events that have sums all the same, and the bytes that lie there now.
    private func remainder(_ party: Int64, rowCount: Int, balances: [String: Int64]) throws -> String? {
        let rows = try Int.fetchOne(
            database,
            kept: """
                SELECT (SELECT COUNT(*) FROM storage_day WHERE party_id = ?)
                    + (SELECT COUNT(*) FROM fee_day WHERE party_id = ?)
                """,
            arguments: [party, party])
        guard rows == rowCount else { return "have days on which nothing happened" }
        let kept = try Row.fetchAll(
            database, kept: "SELECT tier, byte_count FROM storage_balance WHERE party_id = ?", arguments: [party])
        guard Dictionary(uniqueKeysWithValues: kept.map { ($0["tier"], $0["byte_count"]) }) == balances else {
            return "have other bytes in its tiers than its events come to"
        }
        return nil
    }
}
