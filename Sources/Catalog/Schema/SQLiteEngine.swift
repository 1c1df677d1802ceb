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
        try DatabasePool(path: path, configuration: configuration)
    }

    /// One connection that leaves the files as they are.
    ///
    /// Where a write-ahead log lies, the connection is a read-only one, because another would move it into the database when
    /// it closes. Where none lies, it is one that could write and refuses to, because a read-only one leaves an empty log
    /// behind.
    static func openForReading(_ path: String) throws -> DatabaseQueue {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CatalogError.database("there is no file \(path)")
        }
        var configuration = configuration
        let log = URL(fileURLWithPath: path + "-wal")
        let isThere = FileManager.default.fileExists(atPath: log.path)
        configuration.readonly = try isThere && log.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0 > 0
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA query_only = 1") }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static var configuration: GRDB.Configuration {
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
        return configuration
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
