// When the images of an exam were last used: stored, published to a reader, or brought back from a slow tier.
//
// Invariant: only ever moves forward. Written in the transaction of the use itself.

internal import GRDB
internal import Radiology

extension Catalog {
    /// - Parameter at: ISO 8601 with offset, by the policy clock.
    static func noteUse(_ database: Database, study: Int64, at: String) throws {
        let seconds = Instant(iso8601: at).map { $0.millisecondsSince1970 / 1000 } ?? 0
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO exam_use (study_id, used_at, used_seconds) VALUES (?, ?, ?)
                ON CONFLICT (study_id) DO UPDATE SET used_at = excluded.used_at, used_seconds = excluded.used_seconds
                    WHERE exam_use.used_seconds < excluded.used_seconds
                """)
        try statement.execute(arguments: [study, at, seconds])
    }

    /// Notes that an exam's images were used.
    package func noteUse(study: Int64, at: String) throws(CatalogError) {
        try write { try Self.noteUse($0, study: study, at: at) }
    }

    /// Notes that a packet was published: what it shows was used, its earlier exams too.
    static func noteUse(_ database: Database, ofPacketFor study: Int64, at: String) throws {
        try noteUse(database, study: study, at: at)
        guard let packet = try latestPacket(database, study: study) else { return }
        let priors = try Int64.fetchAll(
            database, kept: "SELECT study_id FROM packet_prior WHERE packet_id = ?", arguments: [packet.id])
        for prior in priors { try noteUse(database, study: prior, at: at) }
    }

    /// When an exam was last used; nil when there is no such exam.
    package func lastUse(study: Int64) throws(CatalogError) -> String? {
        try read { database in
            try String.fetchOne(database, kept: "SELECT used_at FROM exam_use WHERE study_id = ?", arguments: [study])
        }
    }
}
