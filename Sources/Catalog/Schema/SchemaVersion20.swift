// The zones in which the closed months of a facility were counted, where its zone is another now.

internal import GRDB

enum SchemaVersion20 {
    /// Adds the column where it is not there yet: the sums that version 6 makes of an older site's history ask for it.
    static func apply(_ database: Database) throws {
        guard try !database.columns(in: "account").contains(where: { $0.name == "earlier_zones" }) else { return }
        try database.execute(sql: "ALTER TABLE account ADD COLUMN earlier_zones TEXT NOT NULL DEFAULT ''")
    }
}
