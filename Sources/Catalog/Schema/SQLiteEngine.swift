// What is SQLite's alone: how the file is opened, and the pragmas.
//
// WAL so that readers and one writer do not wait for each other; synchronous=FULL so that what is committed
// survives a power cut; foreign keys on. Several processes use the file at once.

internal import Foundation
internal import GRDB

enum SQLiteEngine {
    /// How long a connection waits for another process's lock before it gives up, about, in microseconds.
    private static let busyMicroseconds: UInt32 = 30_000_000
    /// SQLite's own waits grow to a tenth of a second, in which others make many of our short transactions.
    private static let longestWaitMicroseconds: UInt32 = 4000
    private static let shortestWaitMicroseconds: UInt32 = 200

    static func open(_ path: String) throws -> DatabasePool {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .callback { tries in
            usleep(min(longestWaitMicroseconds, shortestWaitMicroseconds * UInt32(tries + 1)))
            return UInt32(tries) < busyMicroseconds / longestWaitMicroseconds
        }
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
