// Numbers of rows that were deleted are not given again, so that what names a row by its number never comes to name another.
//
// SQLite gives a new row the number after the greatest that is there; what was deleted above that is kept in `row_limit`.

internal import GRDB

enum RowLimits {
    /// Notes the greatest numbers before rows are deleted.
    static func note(_ database: Database, of tables: [String]) throws {
        for table in tables {
            try database.execute(
                sql: """
                    INSERT INTO row_limit (table_name, last_id) SELECT ?, MAX(id) FROM \(table) HAVING MAX(id) IS NOT NULL
                    ON CONFLICT (table_name) DO UPDATE SET last_id = excluded.last_id
                        WHERE excluded.last_id > row_limit.last_id
                    """,
                arguments: [table])
        }
    }

    /// The number that a table's next row must be given.
    ///
    /// - Returns: nil where the engine gives the right one by itself.
    static func next(_ database: Database, in table: String) throws -> Int64? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT last_id + 1 FROM row_limit
                WHERE table_name = ? AND last_id > (SELECT COALESCE(MAX(id), 0) FROM \(table))
                """)
        return try Int64.fetchOne(statement, arguments: [table])
    }
}
