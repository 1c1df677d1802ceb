// Statements that are prepared once for each connection and used again: preparing one takes longer than most of them run.
//
// For texts that are always the same, and for queries that are read to their end at once: a cursor's statement may not
// be used again while it is read.

internal import GRDB

extension Database {
    /// Runs a statement that is kept.
    func execute(kept sql: String, arguments: StatementArguments = []) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }
}

extension Row {
    static func fetchAll(
        _ database: Database, kept sql: String, arguments: StatementArguments = []
    ) throws -> [Row] {
        try fetchAll(try database.cachedStatement(sql: sql), arguments: arguments)
    }

    static func fetchOne(
        _ database: Database, kept sql: String, arguments: StatementArguments = []
    ) throws -> Row? {
        try fetchOne(try database.cachedStatement(sql: sql), arguments: arguments)
    }
}

extension DatabaseValueConvertible {
    static func fetchAll(
        _ database: Database, kept sql: String, arguments: StatementArguments = []
    ) throws -> [Self] {
        try fetchAll(try database.cachedStatement(sql: sql), arguments: arguments)
    }

    static func fetchOne(
        _ database: Database, kept sql: String, arguments: StatementArguments = []
    ) throws -> Self? {
        try fetchOne(try database.cachedStatement(sql: sql), arguments: arguments)
    }
}

extension DatabaseValueConvertible where Self: Hashable {
    static func fetchSet(
        _ database: Database, kept sql: String, arguments: StatementArguments = []
    ) throws -> Set<Self> {
        try fetchSet(try database.cachedStatement(sql: sql), arguments: arguments)
    }
}
