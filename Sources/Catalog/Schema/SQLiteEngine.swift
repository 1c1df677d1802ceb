// What is SQLite's alone: how the file is opened, and the pragmas.
//
// WAL so that readers and one writer do not wait for each other; synchronous=FULL so that what is committed
// survives a power cut; foreign keys on. Several processes use the file at once.

internal import Foundation
internal import GRDB

enum SQLiteEngine {
    /// How long a connection waits for another process's lock, in seconds.
    static let busySeconds = 30.0

    static func open(_ path: String) throws -> DatabasePool {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(busySeconds)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 3
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA cache_size = -8192")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    /// `PRAGMA integrity_check`: what SQLite finds wrong with its own file.
    ///
    /// - Returns: Findings; empty when the file is sound.
    static func integrityFindings(_ database: Database) throws -> [String] {
        let rows = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
        let foreign = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { "foreign key: \($0)" }
        return rows.filter { $0 != "ok" } + foreign
    }
}
