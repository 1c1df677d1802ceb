// What the statistics of readers and the replay of results are made from. Reads only.
//
// Invariant: everything here is a fact that was written once, so that the same facts give the same statistics.

internal import GRDB

/// How far the facts of reading have come; two moments with the same marks have the same facts.
package struct ReadingMarks: Sendable, Equatable {
    /// The place of the newest sealed read; 0 when there is none.
    package let lastSeal: Int64
    /// The newest row of assignments and of determinations.
    package let lastAssignment: Int64
    package let lastDetermination: Int64
}

extension Catalog {
    package func readingMarks() throws(CatalogError) -> ReadingMarks {
        try read { database in
            func newest(_ sql: String) throws -> Int64 { try Int64.fetchOne(database, sql: sql) ?? 0 }
            return ReadingMarks(
                lastSeal: try newest("SELECT MAX(seal_order) FROM diagnosis"),
                lastAssignment: try newest("SELECT MAX(id) FROM assignment"),
                lastDetermination: try newest("SELECT MAX(id) FROM determination"))
        }
    }

    /// When a read was sealed; nil when there is none of that place.
    package func sealedAt(_ sealOrder: Int64) throws(CatalogError) -> String? {
        try read {
            try String.fetchOne($0, sql: "SELECT sealed_at FROM diagnosis WHERE seal_order = ?", arguments: [sealOrder])
        }
    }

    /// The protocols that exams were assigned under, by id.
    package func assignedProtocols() throws(CatalogError) -> [String] {
        try read { try String.fetchAll($0, sql: "SELECT DISTINCT protocol FROM assignment ORDER BY protocol") }
    }

    /// All assignments of a protocol.
    package func assignments(protocolID: String) throws(CatalogError) -> [AssignmentRecord] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM assignment WHERE protocol = ? ORDER BY id", arguments: [protocolID]
            ).compactMap { AssignmentRecord($0) }
        }
    }

    /// The label of each exam of a protocol whose newest result is determined, by study row.
    package func determinedLabels(protocolID: String) throws(CatalogError) -> [Int64: String] {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                kept: """
                    SELECT study_id, label FROM determination AS own WHERE status = 'determined' AND label IS NOT NULL
                        AND study_id IN (SELECT study_id FROM assignment WHERE protocol = ?)
                        AND version = (SELECT MAX(version) FROM determination AS other
                            WHERE other.study_id = own.study_id)
                    """,
                arguments: [protocolID])
            return Dictionary(rows.map { ($0["study_id"], $0["label"]) }) { first, _ in first }
        }
    }

    /// The rows of stored results, by exam key and version.
    ///
    /// - Parameters:
    ///   - examKey: nil for those of all exams.
    ///   - latestOnly: Whether earlier versions are left out.
    package func determinationRows(examKey: String?, latestOnly: Bool) throws(CatalogError) -> [Int64] {
        try read { database in
            try Int64.fetchAll(
                database,
                kept: """
                    SELECT own.id FROM determination AS own JOIN study ON study.id = study_id
                    WHERE (?1 IS NULL OR exam_key = ?1) AND (NOT ?2 OR version =
                        (SELECT MAX(version) FROM determination AS other WHERE other.study_id = own.study_id))
                    ORDER BY exam_key, version
                    """,
                arguments: [examKey, latestOnly])
        }
    }
}
