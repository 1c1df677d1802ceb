// The reports of exams: stored within the transaction of their drop, found by exam and by digest, decided when they waited.
//
// Invariant: what a report says is never changed. One that waited is decided once.

internal import Foundation
internal import GRDB
package import Files

extension Catalog {
    /// Stores a report within the transaction of its drop.
    static func insert(_ database: Database, _ facts: ReportFacts, drop: DropID, at: String) throws {
        if facts.state == .accepted, let study = facts.study { try requireLiving(database, study: study) }
        try database.execute(
            kept: """
                INSERT INTO report (id, drop_id, position, party, digest, content, facility, accession_number, study_uid,
                    study_id, form, author, report_status, purpose, text, supersedes, version, state, reason, files, tier,
                    byte_count, tar_sha256, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                try RowLimits.next(database, in: "report"), drop.number, facts.position, facts.party,
                Data(facts.digest.bytes), Data(facts.content.bytes),
                facts.facility, facts.accessionNumber, facts.studyInstanceUID, facts.study, facts.form, facts.author,
                facts.status.rawValue, facts.purpose, facts.text, facts.supersedes.map { Data($0.bytes) },
                facts.version, facts.state.rawValue, facts.reason, try facts.filesJSON(), facts.tier, facts.byteCount,
                Data(facts.tarSHA256.bytes), at,
            ])
        try noteAccepted(database, facts, drop: drop, at: at)
    }

    private static func noteAccepted(_ database: Database, _ facts: ReportFacts, drop: DropID, at: String) throws {
        guard facts.state == .accepted, let study = facts.study else { return }
        let earlier = facts.supersedes.map { ", in place of \($0.hex)" } ?? ""
        try append(
            database,
            LedgerEvent(
                act: "report:\(facts.digest.hex):\(drop)", at: at, kind: .reportStored, party: facts.party, drop: drop,
                study: study, byteCount: facts.byteCount,
                detail: "\(facts.digest.hex), \(facts.status.rawValue), by \(facts.author)\(earlier)"))
        try noteReportChanges(database, study: study, at: at)
        try noteDelivered(database, study: study, at: at)
    }

    /// The reports of an exam, in the order of their arrival. Of each chain the newest has `isNewest`.
    package func reports(ofStudy study: Int64) throws(CatalogError) -> [StoredReport] {
        try reports("report.study_id = ? AND report.state = 'accepted'", [study])
    }

    /// The reports of a drop that were stored.
    package func reports(ofDrop drop: DropID) throws(CatalogError) -> [StoredReport] {
        try reports("report.drop_id = ?", [drop.number])
    }

    /// The reports whose digest begins so.
    package func reports(digest: DigestPrefix) throws(CatalogError) -> [StoredReport] {
        try reports("report.digest BETWEEN ? AND ?", [digest.low, digest.high])
    }

    /// Each report of this digest; several parties may have sent the same.
    package func reports(digest: SHA256Digest) throws(CatalogError) -> [StoredReport] {
        try reports("report.digest = ?", [Data(digest.bytes)])
    }

    /// Reports that wait for their exam, oldest first.
    package func waitingReports() throws(CatalogError) -> [StoredReport] {
        try reports("report.state = 'waiting'", [])
    }

    /// Those after a row that lie in the archive: for walking all of them in pieces.
    package func storedReports(after id: Int64, limit: Int) throws(CatalogError) -> [StoredReport] {
        try reports("report.id > ?", [id], limit: limit)
    }

    /// Bytes of all reports.
    package func reportBytes() throws(CatalogError) -> Int64 {
        try read {
            try Int64.fetchOne($0, sql: "SELECT COALESCE(SUM(byte_count), 0) FROM report") ?? 0
        }
    }

    private func reports(
        _ condition: String, _ arguments: StatementArguments, limit: Int = .max
    ) throws(CatalogError) -> [StoredReport] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT report.*, exam_key, (SELECT newer.digest FROM report AS newer
                        WHERE newer.study_id = report.study_id AND newer.supersedes = report.digest
                            AND newer.state = 'accepted' ORDER BY newer.id LIMIT 1) AS superseded_by
                    FROM report LEFT JOIN study ON study.id = report.study_id
                    WHERE \(condition) ORDER BY report.id LIMIT ?
                    """,
                arguments: arguments + [limit]
            ).compactMap { StoredReport($0) }
        }
    }

    /// Decides a report that waited; its receipt is published anew.
    ///
    /// - Parameters:
    ///   - facts: With the same place and digest, and the decision.
    ///   - drop: What the drop as a whole comes to with it.
    package func decide(
        _ waiting: StoredReport, as facts: ReportFacts, drop: (status: String, reason: String?), at: String
    ) throws(CatalogError) {
        try write { database in
            if facts.state == .accepted, let study = facts.study { try Self.requireLiving(database, study: study) }
            try database.execute(
                kept: """
                    UPDATE report SET study_id = ?, state = ?, reason = ?, version = ? WHERE id = ? AND state = 'waiting'
                    """,
                arguments: [facts.study, facts.state.rawValue, facts.reason, facts.version, waiting.id])
            guard database.changesCount == 1, facts.state != .waiting else { return }
            try Self.noteAccepted(database, facts, drop: waiting.drop, at: at)
            try database.execute(
                kept: "UPDATE drop_item SET status = ?, reason = ? WHERE drop_id = ? AND position = ?",
                arguments: [facts.state.rawValue, facts.reason, waiting.drop.number, facts.position])
            try database.execute(
                kept: "UPDATE intake SET status = ?, reason = ? WHERE id = ?",
                arguments: [drop.status, drop.reason, waiting.drop.number])
            try database.execute(
                kept: """
                    INSERT INTO work (pipeline, stage, drop_id) VALUES ('reports', 'publish', ?)
                    ON CONFLICT (drop_id, stage) DO NOTHING
                    """,
                arguments: [waiting.drop.number])
        }
    }

    /// The release by which a party may send reports in for another one's exam.
    ///
    /// - Parameter now: Seconds since 1970, by the policy clock.
    /// - Returns: nil when no exam of that right was given to it; else whether one gives the right now, and until when the last
    ///   one did.
    package func reportRight(
        study: Int64, party: String, purpose: String?, now: Int64
    ) throws(CatalogError) -> (isOpen: Bool, purposes: [String])? {
        try read { database in
            let rows = try Row.fetchAll(
                database,
                kept: """
                    SELECT purpose, report_input, until_seconds FROM release
                    WHERE study_id = ? AND party = ? AND (? IS NULL OR purpose = ?)
                    """,
                arguments: [study, party, purpose, purpose])
            guard !rows.isEmpty else { return nil }
            let open = rows.filter { row in
                let until: Int64? = row["until_seconds"]
                return row["report_input"] == true && (until.map { $0 > now } ?? true)
            }
            return (!open.isEmpty, Set(rows.map { $0["purpose"] as String }).sorted())
        }
    }
}
