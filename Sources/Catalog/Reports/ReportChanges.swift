// Changed reports, and who is owed them: every party that was given a former version is told of the new one, and gets it
// under the grant by which it holds the exam, while that gives reports.
//
// Invariants: written in the transaction of the fact that makes it so, be that the new report or the release of the former
// one; once for each report and party. Who sent the new version in is owed nothing. Whether it is given is decided once.

internal import GRDB
package import Files
package import Radiology

/// A report's new version, as one party is owed it.
package struct ReportChange: Sendable, Equatable {
    package let id: Int64
    package let study: Int64
    package let examKey: String
    package let party: String
    /// The report's row.
    package let report: Int64
    package let digest: SHA256Digest
    package let supersedes: SHA256Digest
    package let status: Report.Status
    package let version: Int
    /// The request by which it is given, and its grant; nil when the party is only told.
    package let grant: Int64?
    package let request: String?
    /// ISO 8601 with offset.
    package let changedAt: String

    init?(_ row: Row) {
        guard let digest = Catalog.digest(row["digest"]), let supersedes = Catalog.digest(row["supersedes"]),
            let status = Report.Status(rawValue: row["report_status"])
        else { return nil }
        self.digest = digest
        self.supersedes = supersedes
        self.status = status
        id = row["id"]
        study = row["study_id"]
        examKey = row["exam_key"]
        party = row["party"]
        report = row["report_id"]
        version = row["version"]
        grant = row["grant_id"]
        request = row["request"]
        changedAt = row["changed_at"]
    }

    /// The name of the delivery that it is given in; nil when it is not given. No request can have such an id.
    package var deliveryName: String? { request.map { "\($0)+\(examKey).report.\(digest.hex.prefix(8))" } }

    /// The ledger's name of it.
    package var act: String { "reportChanged:\(digest.hex):\(party)" }

    package var noticeName: String { "report.\(examKey).\(digest.hex.prefix(8)).json" }
}

/// A report that a party was given.
package struct ReportCopy: Sendable, Equatable {
    package let party: String
    package let purpose: String
    package let request: String
    package let version: Int
    package let digest: SHA256Digest
    package let givenAt: String
}

extension Catalog {
    package func reportChange(_ id: Int64) throws(CatalogError) -> ReportChange? {
        try read { try Self.reportChange($0, id) }
    }

    static func reportChange(_ database: Database, _ id: Int64) throws -> ReportChange? {
        try Row.fetchOne(
            database,
            kept: """
                SELECT report_change.*, report.study_id, digest, supersedes, report_status, version, exam_key,
                    request.name AS request
                FROM report_change JOIN report ON report.id = report_id JOIN study ON study.id = report.study_id
                    LEFT JOIN lending_grant ON lending_grant.id = grant_id LEFT JOIN request ON request.id = request_id
                WHERE report_change.id = ?
                """,
            arguments: [id]
        ).flatMap { ReportChange($0) }
    }

    /// A grant by its row.
    package func grant(_ id: Int64) throws(CatalogError) -> GrantRecord? {
        try read { try Row.fetchOne($0, sql: "SELECT * FROM lending_grant WHERE id = ?", arguments: [id]) }
            .map { GrantRecord($0) }
    }

    /// Who was given a report, oldest first.
    package func copies(ofReport report: Int64) throws(CatalogError) -> [ReportCopy] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT report_copy.*, lending_grant.purpose, request.name AS request, version, digest
                    FROM report_copy JOIN lending_grant ON lending_grant.id = grant_id
                        JOIN request ON request.id = request_id JOIN report ON report.id = report_id
                    WHERE report_id = ? ORDER BY report_copy.id
                    """,
                arguments: [report]
            ).compactMap { row in
                Self.digest(row["digest"]).map {
                    ReportCopy(
                        party: row["party"], purpose: row["purpose"], request: row["request"], version: row["version"],
                        digest: $0, givenAt: row["given_at"])
                }
            }
        }
    }

    /// Who was only told of a report, since it may not have it.
    package func partiesOnlyTold(ofReport report: Int64) throws(CatalogError) -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                kept: "SELECT party FROM report_change WHERE report_id = ? AND grant_id IS NULL ORDER BY id",
                arguments: [report])
        }
    }

    // MARK: Writing

    /// Notes the reports that go along with a release.
    static func noteCopies(_ database: Database, of reports: [Int64], grant: GrantRecord, at: String) throws {
        for report in reports { try noteCopy(database, of: report, grant: grant.id, at: at) }
        // One of them may have been superseded while the delivery was made.
        if !reports.isEmpty { try noteReportChanges(database, study: grant.study, at: at) }
    }

    private static func noteCopy(_ database: Database, of report: Int64, grant: Int64, at: String) throws {
        try database.execute(
            kept: """
                INSERT INTO report_copy (report_id, grant_id, party, given_at)
                SELECT ?, id, party, ? FROM lending_grant WHERE id = ? ON CONFLICT DO NOTHING
                """,
            arguments: [report, at, grant])
    }

    /// Has the newest version of each report of an exam told, and given, to whoever was given a former one and not this one.
    static func noteReportChanges(_ database: Database, study: Int64, at: String) throws {
        let rows = try Row.fetchAll(
            database,
            kept: "SELECT id, digest, supersedes, party FROM report WHERE study_id = ? AND state = 'accepted'",
            arguments: [study])
        let superseded = Set(rows.compactMap { digest($0["supersedes"]) })
        for newest in rows {
            guard let own = digest(newest["digest"]), !superseded.contains(own) else { continue }
            let former = formerVersions(of: newest, among: rows)
            if former.isEmpty { continue }
            for party in try owed(database, newest["id"], former: former, sender: newest["party"]) {
                try note(database, report: newest["id"], study: study, party: party, at: at)
            }
        }
    }

    /// The rows of the reports that one takes the place of, all the way down its chain.
    private static func formerVersions(of newest: Row, among rows: [Row]) -> [Int64] {
        var former: [Int64] = []
        var next = digest(newest["supersedes"])
        while let digest = next, let row = rows.first(where: { self.digest($0["digest"]) == digest }),
            !former.contains(row["id"])
        {
            former.append(row["id"])
            next = self.digest(row["supersedes"])
        }
        return former
    }

    private static func owed(
        _ database: Database, _ report: Int64, former: [Int64], sender: String
    ) throws -> [String] {
        let marks = former.map { _ in "?" }.joined(separator: ", ")
        return try String.fetchAll(
            database,
            sql: """
                SELECT DISTINCT party FROM report_copy WHERE report_id IN (\(marks)) AND party <> ?
                    AND party NOT IN (SELECT party FROM report_copy WHERE report_id = ?)
                    AND party NOT IN (SELECT party FROM report_change WHERE report_id = ?)
                ORDER BY party
                """,
            arguments: StatementArguments(former) + [sender, report, report])
    }

    private static func note(
        _ database: Database, report: Int64, study: Int64, party: String, at: String
    ) throws {
        let grant = try grantOfReports(database, study: study, party: party, at: at)
        try database.execute(
            kept: "INSERT INTO report_change (id, report_id, party, grant_id, changed_at) VALUES (?, ?, ?, ?, ?)",
            arguments: [try RowLimits.next(database, in: "report_change"), report, party, grant, at])
        guard let change = try reportChange(database, database.lastInsertedRowID) else {
            throw CatalogError.database("a change of a report came back empty")
        }
        try publish(
            database,
            Publication(
                party: party, kind: "notices", name: change.noticeName, subject: .reportNotice, subjectID: change.id),
            isNewContent: false, at: at)
        if let grant, let name = change.deliveryName {
            try noteCopy(database, of: report, grant: grant, at: at)
            try publish(
                database,
                Publication(
                    party: party, kind: "deliveries", name: name, subject: .reportDelivery, subjectID: change.id),
                isNewContent: false, at: at)
        }
        let what = grant == nil ? "told" : "given"
        try append(
            database,
            LedgerEvent(
                act: change.act, at: at, kind: .reportChanged, party: party,
                study: study,
                detail:
                    "\(change.digest.hex), \(change.status.rawValue), \(what) to \(party), which has a former version"))
    }

    /// The latest grant by which a party may have an exam's reports now: it gives reports, its time is not over, the exam is
    /// not on hold, and its party owes no reading that is to be made without knowing of others'.
    private static func grantOfReports(
        _ database: Database, study: Int64, party: String, at: String
    ) throws -> Int64? {
        try Int64.fetchOne(
            database,
            kept: """
                SELECT grant_id FROM release
                WHERE study_id = ?1 AND party = ?2 AND reports = 1 AND deidentified = 0
                    AND (until_seconds IS NULL OR until_seconds > ?3)
                    AND COALESCE((SELECT is_on FROM exam_hold WHERE exam_hold.study_id = ?1
                        ORDER BY exam_hold.id DESC LIMIT 1), 0) = 0
                    AND NOT EXISTS (SELECT 1 FROM assignment WHERE assignment.study_id = ?1 AND reader = ?2
                        AND sees_reads = 0 AND NOT EXISTS (SELECT 1 FROM diagnosis
                            WHERE diagnosis.study_id = ?1 AND diagnosis.reader = ?2
                                AND diagnosis.round = assignment.round AND diagnosis.status IN ('sealed', 'replaced')))
                ORDER BY released_seconds DESC, id DESC LIMIT 1
                """,
            arguments: [study, party, try seconds(at)])
    }
}
