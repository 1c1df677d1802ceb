// Which readings are open: assigned, and not answered by their reader.
//
// Invariant: the rows are what assignments and reads say, always: written in the transaction of what changes them. A read
// that its reader withdrew answers nothing; an exam that was deleted is read by nobody.

internal import GRDB

/// What is open with one reader.
package struct OpenReadingSum: Sendable, Equatable {
    package let reader: String
    package let count: Int
    /// Of these, readings of exams that have no result yet.
    package let withoutResult: Int
    /// ISO 8601 with offset.
    package let oldestAt: String
}

enum OpenReadings {
    private static let open = """
        INSERT INTO open_reading (study_id, reader, round, assigned_at)
        SELECT assignment.study_id, assignment.reader, assignment.round, assignment.assigned_at
        FROM assignment JOIN study ON study.id = assignment.study_id
        WHERE study.deleted_at IS NULL AND NOT EXISTS (
            SELECT 1 FROM diagnosis AS own WHERE own.study_id = assignment.study_id AND own.reader = assignment.reader
                AND own.round = assignment.round AND own.label IS NOT NULL AND own.status IN ('sealed', 'replaced')
                AND NOT EXISTS (SELECT 1 FROM diagnosis AS later WHERE later.study_id = own.study_id
                    AND later.reader = own.reader AND later.retracts = own.digest
                    AND later.status IN ('sealed', 'replaced')))
        """

    /// Makes the rows of one exam anew.
    static func remake(_ database: Database, study: Int64) throws {
        try database.execute(kept: "DELETE FROM open_reading WHERE study_id = ?", arguments: [study])
        let insert = try database.cachedStatement(sql: "\(open) AND assignment.study_id = ?")
        try insert.execute(arguments: [study])
    }

    /// Makes all rows anew.
    static func remake(_ database: Database) throws {
        try database.execute(kept: "DELETE FROM open_reading")
        try database.execute(sql: open)
    }
}

extension Catalog {
    /// By reader.
    package func openReadings() throws(CatalogError) -> [OpenReadingSum] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT reader, COUNT(*) AS count, MIN(assigned_at) AS oldest, SUM(CASE WHEN EXISTS (
                        SELECT 1 FROM determination WHERE determination.study_id = open_reading.study_id)
                        THEN 0 ELSE 1 END) AS without_result
                    FROM open_reading GROUP BY reader ORDER BY reader
                    """
            ).map {
                OpenReadingSum(
                    reader: $0["reader"], count: $0["count"], withoutResult: $0["without_result"],
                    oldestAt: $0["oldest"])
            }
        }
    }

    /// Exams with an open reading and without a result.
    package func examsWithoutResult() throws(CatalogError) -> Int {
        try read { database in
            try Int.fetchOne(
                database,
                kept: """
                    SELECT COUNT(DISTINCT study_id) FROM open_reading WHERE NOT EXISTS (
                        SELECT 1 FROM determination WHERE determination.study_id = open_reading.study_id)
                    """) ?? 0
        }
    }
}
