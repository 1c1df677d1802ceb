// The database that a rebuild replaces: rows of it that no pack has, read once and never written.
//
// A row is a dictionary by column, so that a table that has grown since can be carried over by the columns that both have.

internal import Foundation
internal import GRDB

/// A catalogue that is about to be replaced.
package struct OldCatalog: Sendable {
    private let queue: DatabaseQueue

    typealias Line = [String: DatabaseValue]

    /// - Throws: `CatalogError` when the file is no catalogue that can be read.
    package init(path: String) throws(CatalogError) {
        queue = try CatalogError.wrap { try SQLiteEngine.openForReading(path) }
        _ = try CatalogError.wrap { try queue.read { try Row.fetchOne($0, sql: "SELECT id FROM study LIMIT 1") } }
    }

    /// Whether it was written by a program that knew of reading.
    var hasReading: Bool {
        get throws { try queue.read { try $0.tableExists("diagnosis") } }
    }

    /// Whether it was written by a program that knew of last uses and recalls.
    var hasTiers: Bool {
        get throws { try queue.read { try $0.tableExists("exam_recall") } }
    }

    /// Whether it has a table.
    func has(_ table: String) throws -> Bool { try queue.read { try $0.tableExists(table) } }

    /// Whether it was written by a program that knew of requests for exams.
    var hasLending: Bool {
        get throws { try queue.read { try $0.tableExists("lending_grant") } }
    }

    /// Whether it was written by a program that knew of reports.
    var hasReports: Bool {
        get throws { try queue.read { try $0.tableExists("report") } }
    }

    /// Whether it was written by a program that knew who was given which report.
    var hasReportCopies: Bool {
        get throws { try queue.read { try $0.tableExists("report_copy") } }
    }

    /// Whether it was written by a program that knew of holds.
    var hasHolds: Bool {
        get throws { try queue.read { try $0.tableExists("exam_hold") } }
    }

    /// Whether it was written by a program that knew of deletions.
    var hasDeletions: Bool {
        get throws { try queue.read { try $0.tableExists("exam_deletion") } }
    }

    /// Files of deleted exams that were still to be removed, and that nothing else that was stored lies in.
    package func pendingRemovals() throws(CatalogError) -> [DeletedFile] {
        try CatalogError.wrap {
            guard try hasDeletions else { return [] }
            return try queue.read { database in
                try Row.fetchAll(
                    database,
                    kept: """
                        SELECT * FROM exam_deletion_file AS own WHERE state = 'pending'
                            AND NOT EXISTS (SELECT 1 FROM pack WHERE own.kind = 'pack' AND pack.digest = own.digest)
                            AND NOT EXISTS (SELECT 1 FROM report WHERE own.kind = 'report'
                                AND report.digest = own.digest AND report.party = own.party)
                        ORDER BY id
                        """
                ).compactMap { DeletedFile($0) }
            }
        }
    }

    /// Whether it was written by a program that knew of referrals.
    var hasReferrals: Bool {
        get throws { try queue.read { try $0.tableExists("exam_referral") } }
    }

    /// All rows of a table, oldest first.
    func lines(_ table: String, where condition: String = "1") throws -> [Line] {
        try queue.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM \(table) WHERE \(condition) ORDER BY rowid").map { row in
                Dictionary(row.map { ($0.0, $0.1) }) { first, _ in first }
            }
        }
    }

    /// The exam keys of its studies.
    func examKeys() throws -> [Int64: String] {
        try queue.read { database in
            let rows = try Row.fetchAll(database, kept: "SELECT id, exam_key FROM study")
            return Dictionary(rows.map { ($0["id"], $0["exam_key"]) }) { first, _ in first }
        }
    }

    /// The primary images of a study up to a row.
    func images(study: Int64, limit: Int64) throws -> Set<ImageName> {
        try queue.read { try ImageName.all($0, study: study, limit: limit) }
    }
}

/// What an image is called in every catalogue.
struct ImageName: Hashable {
    let sopInstanceUID: String
    let sha256: Data

    static func all(_ database: Database, study: Int64, limit: Int64) throws -> Set<ImageName> {
        Set(try rows(database, study: study, limit: limit).map(\.name))
    }

    /// With the row of each, in their order.
    static func rows(_ database: Database, study: Int64, limit: Int64 = .max) throws -> [(row: Int64, name: ImageName)]
    {
        try Row.fetchAll(
            database,
            kept: """
                SELECT instance.id, sop_uid, sha256 FROM instance JOIN series ON series.id = series_id
                WHERE study_id = ? AND is_primary = 1 AND instance.id <= ? ORDER BY instance.id
                """,
            arguments: [study, limit]
        ).map { ($0["id"], ImageName(sopInstanceUID: $0["sop_uid"], sha256: $0["sha256"])) }
    }
}
