// What chart systems are told of results: a fact for each version and recipient, written with the determination.

internal import GRDB

/// A result as one chart system is told of it.
package struct ChartResult: Sendable, Equatable {
    /// The chart system.
    package let party: String
    /// All that its encodings are made from, JSON.
    package let content: String
    /// What comes after `<exam key>.v<N>.` in the names of its files.
    package let endings: [String]

    package init(party: String, content: String, endings: [String]) {
        self.party = party
        self.content = content
        self.endings = endings
    }
}

extension Catalog {
    static func tell(_ database: Database, _ result: ChartResult, determination: Int64) throws {
        try database.execute(
            kept: "INSERT INTO chart_result (determination_id, party, content) VALUES (?, ?, ?)",
            arguments: [determination, result.party, result.content])
    }

    /// What a chart system is told of a version of a result.
    ///
    /// - Returns: nil when it is told nothing of it.
    package func chartResult(determination: Int64, party: String) throws(CatalogError) -> String? {
        try read { database in
            try String.fetchOne(
                database, kept: "SELECT content FROM chart_result WHERE determination_id = ? AND party = ?",
                arguments: [determination, party])
        }
    }

    /// The newest version of an exam's result that a chart system was told of; nil for none.
    package func versionTold(to party: String, study: Int64) throws(CatalogError) -> Int? {
        try read { database in
            try Int.fetchOne(
                database,
                kept: """
                    SELECT MAX(version) FROM determination JOIN chart_result ON determination_id = determination.id
                    WHERE study_id = ? AND party = ?
                    """,
                arguments: [study, party])
        }
    }
}
