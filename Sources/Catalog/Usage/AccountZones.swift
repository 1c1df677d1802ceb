// In which time zone each facility's days are counted.
//
// Invariant: the sums by day are those of the zone that stands here; another zone makes them anew from the ledger.

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
