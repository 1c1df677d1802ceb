// In which time zone each facility's days are counted.
//
// Invariants: the sums by day are those of the zone that stands here; another zone makes them anew from the ledger. Months that
// are closed keep the zone in which they were closed: another one holds from the end of the last of them, so that no second is
// charged twice, or never.

package import Accounting
internal import GRDB

extension Catalog {
    /// Notes the zones of facilities; what stands there already costs one question.
    ///
    /// - Parameter zones: Names of the IANA database by party.
    package func noteZones(_ zones: [String: String]) throws(CatalogError) {
        let known = try read { database in
            let rows = try Row.fetchAll(
                database, kept: "SELECT name, time_zone FROM account JOIN party ON party.id = party_id")
            return Dictionary(rows.map { ($0["name"] as String, $0["time_zone"] as String) }) { first, _ in first }
        }
        for (party, zone) in zones.sorted(by: { $0.key < $1.key }) where known[party] != zone {
            try write { database in
                let row = try Self.partyRow(database, party)
                try Self.keepZone(database, party: row)
                try database.execute(
                    kept: """
                        INSERT INTO account (party_id, time_zone) VALUES (?, ?)
                        ON CONFLICT (party_id) DO UPDATE SET time_zone = excluded.time_zone
                        """,
                    arguments: [row, zone])
                try UsageSums.remake(database, party: row)
            }
        }
    }

    /// Keeps the zone that a facility has now for its closed months.
    private static func keepZone(_ database: Database, party: Int64) throws {
        let found = try Row.fetchOne(
            database, kept: "SELECT time_zone, earlier_zones, closed_until FROM account WHERE party_id = ?",
            arguments: [party])
        guard let found, case let until as Int64 = found["closed_until"], until > 0,
            var zones = EarlierZone.zones(found["earlier_zones"]), zones.last.map({ $0.untilSeconds < until }) ?? true
        else { return }
        zones.append(EarlierZone(timeZone: found["time_zone"], untilSeconds: until))
        try database.execute(
            kept: "UPDATE account SET earlier_zones = ? WHERE party_id = ?",
            arguments: [EarlierZone.text(zones), party])
    }

    /// The calendar of a facility.
    package func calendar(ofParty party: String) throws(CatalogError) -> BillingCalendar {
        try read { database in
            try UsageSums.account(database, party: try Self.knownParty(database, party) ?? 0).calendar
        }
    }

    /// The row of a party; nil when it has none.
    static func knownParty(_ database: Database, _ name: String) throws -> Int64? {
        let find = try database.cachedStatement(sql: "SELECT id FROM party WHERE name = ?")
        return try Int64.fetchOne(find, arguments: [name])
    }
}
