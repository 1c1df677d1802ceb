// The catalogue: the one door to the database.
//
// Owns the connections. Its parts are extensions by concern: `Drops/`, `Exams/`, `Work/`, `Ledger/`. Every method is
// one transaction. SQL stays in this module; what is SQLite's alone stays in `Schema/SQLiteEngine`.

internal import GRDB

/// The facts of a site, its work queue and its ledger.
package final class Catalog: Sendable {
    let pool: any DatabaseWriter
    package let path: String

    /// Opens the database, makes it where it is new, and brings its shape up to date.
    ///
    /// - Throws: `CatalogError`: `.newer` when a later version wrote it.
    package init(path: String) throws(CatalogError) {
        self.path = path
        pool = try CatalogError.wrap { try SQLiteEngine.open(path) }
        let migrator = Migrations.migrator
        let newer = try CatalogError.wrap { try pool.read { try migrator.hasBeenSuperseded($0) } }
        guard !newer else { throw .newer(path: path) }
        let current = try CatalogError.wrap { try pool.read { try migrator.hasCompletedMigrations($0) } }
        if !current { try CatalogError.wrap { try migrator.migrate(pool) } }
    }

    /// Opens the database for a question that leaves every byte of it as it is.
    ///
    /// - Throws: `CatalogError`: `.newer`, `.older` when its shape is not this version's.
    package init(reading path: String) throws(CatalogError) {
        self.path = path
        pool = try CatalogError.wrap { try SQLiteEngine.openForReading(path) }
        let migrator = Migrations.migrator
        let newer = try CatalogError.wrap { try pool.read { try migrator.hasBeenSuperseded($0) } }
        guard !newer else { throw .newer(path: path) }
        let current = try CatalogError.wrap { try pool.read { try migrator.hasCompletedMigrations($0) } }
        guard current else { throw .older(path: path) }
    }

    /// Closes the connections; what is under way ends first.
    package func close() throws(CatalogError) {
        try CatalogError.wrap { try pool.close() }
    }

    /// Moves everything from the write-ahead log into the database file.
    package func checkpoint() throws(CatalogError) {
        _ = try CatalogError.wrap { try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) } }
    }

    /// What is wrong with the database file itself; empty when it is sound.
    package func integrityFindings() throws(CatalogError) -> [String] {
        try read { try SQLiteEngine.integrityFindings($0) }
    }

    func read<Result>(_ body: (Database) throws -> Result) throws(CatalogError) -> Result {
        try CatalogError.wrap { try pool.read(body) }
    }

    func write<Result>(_ body: (Database) throws -> Result) throws(CatalogError) -> Result {
        try CatalogError.wrap {
            try pool.writeWithoutTransaction { database in
                var result: Result?
                try database.inTransaction(.immediate) {
                    result = try body(database)
                    return .commit
                }
                guard let result else { throw CatalogError.database("a transaction ended without a result") }
                return result
            }
        }
    }

    /// The row of a party, made when it is new.
    static func partyRow(_ database: Database, _ name: String) throws -> Int64 {
        let find = try database.cachedStatement(sql: "SELECT id FROM party WHERE name = ?")
        if let id = try Int64.fetchOne(find, arguments: [name]) { return id }
        try database.execute(kept: "INSERT INTO party (name) VALUES (?)", arguments: [name])
        return database.lastInsertedRowID
    }
}
