// What lay in outbound folders unacknowledged for too long: decided, told and noted in one transaction; then taken back by
// whoever has the lease of the publication, as it is published.
//
// Invariants: a withdrawal is of the bytes that were published, by their digest; a kill leaves it undecided, or decided and
// still to be done. Asking for something again ends a withdrawal that is not done yet.

internal import Foundation
internal import GRDB
package import Files

/// Something that lies in an outbound folder and was not acknowledged.
package struct UnacknowledgedPublication: Sendable {
    package let id: Int64
    package let publication: Publication
    /// ISO 8601 with offset.
    package let publishedAt: String
    package let revision: Int
    package let sha256: SHA256Digest

    init?(_ row: Row) {
        guard let due = DuePublication(row), let sha256 = Catalog.digest(row["sha256"]),
            let publishedAt = row["published_at"] as String?
        else { return nil }
        id = due.id
        publication = due.publication
        revision = due.revision
        self.publishedAt = publishedAt
        self.sha256 = sha256
    }
}

/// Something that was withdrawn.
package struct WithdrawalRecord: Sendable, Equatable {
    package let kind: String
    package let name: String
    package let subject: String
    package let sha256: SHA256Digest
    /// ISO 8601 with offset.
    package let publishedAt: String
}

/// A notice of what was withdrawn from one party.
package struct WithdrawalNotice: Sendable, Equatable {
    package let party: String
    package let at: String
    package let withdrawn: [WithdrawalRecord]
}

extension Catalog {
    /// What lies unacknowledged and may be withdrawn, the oldest first.
    ///
    /// - Parameter date: `YYYY-MM-DD`; what was published on a later one, by the clock of its own offset, is left out.
    package func unacknowledged(
        publishedUntil date: String, limit: Int
    ) throws(CatalogError) -> [UnacknowledgedPublication] {
        let kept = Publication.Subject.allCases.filter { !$0.isWithdrawn }.map { "'\($0.rawValue)'" }
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM publication WHERE state = 'out' AND published_at < ?
                        AND subject NOT IN (\(kept.joined(separator: ", "))) ORDER BY published_at, id LIMIT ?
                    """,
                arguments: [date + "U", limit]
            ).compactMap { UnacknowledgedPublication($0) }
        }
    }

    /// Decides that things of one party are taken back, and has the notice of it published.
    ///
    /// What was acknowledged, replaced or withdrawn since it was looked at stays as it is.
    ///
    /// - Parameter recipients: Who gets the notice. Nobody gets one of a notice that told of withdrawals before.
    package func withdraw(
        _ unacknowledged: [UnacknowledgedPublication], of party: String, recipients: [String], at: String
    ) throws(CatalogError) {
        try write { database in
            let still = try unacknowledged.filter { try Self.isStillOut(database, $0) }
            let told = still.filter { $0.publication.subject != .withdrawal }
            let notice =
                told.isEmpty || recipients.isEmpty
                ? nil : try Self.insertNotice(database, of: party, recipients: recipients, at: at)
            for item in still { try Self.withdraw(database, item, notice: notice, at: at) }
        }
    }

    private static func isStillOut(_ database: Database, _ item: UnacknowledgedPublication) throws -> Bool {
        try Bool.fetchOne(
            database,
            kept: "SELECT EXISTS (SELECT 1 FROM publication WHERE id = ? AND state = 'out' AND revision = ?)",
            arguments: [item.id, item.revision]) == true
    }

    private static func insertNotice(
        _ database: Database, of party: String, recipients: [String], at: String
    ) throws -> Int64 {
        let stem = "withdrawn.\(party).\(at.prefix("YYYY-MM-DD".count))"
        let count = try Int.fetchOne(
            database, kept: "SELECT COUNT(*) FROM withdrawal_notice WHERE party = ? AND name LIKE ?",
            arguments: [party, stem + "%"])
        let name = stem + (count.map { $0 > 0 ? "-\($0 + 1)" : "" } ?? "") + ".json"
        try database.execute(
            kept: "INSERT INTO withdrawal_notice (party, name, at) VALUES (?, ?, ?)", arguments: [party, name, at])
        let id = database.lastInsertedRowID
        for recipient in recipients {
            let notice = Publication(
                party: recipient, kind: "notices", name: name, subject: .withdrawal, subjectID: id)
            try publish(database, notice, isNewContent: true, at: at)
        }
        return id
    }

    private static func withdraw(
        _ database: Database, _ item: UnacknowledgedPublication, notice: Int64?, at: String
    ) throws {
        let publication = item.publication
        let isTold = publication.subject != .withdrawal
        try database.execute(
            kept: """
                INSERT INTO withdrawal (party, kind, name, subject, sha256, published_at, withdrawn_at, notice_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                publication.party, publication.kind, publication.name, publication.subject.rawValue,
                Data(item.sha256.bytes), item.publishedAt, at, isTold ? notice : nil,
            ])
        try database.execute(
            kept: """
                UPDATE publication SET state = 'due', withdrawal_id = ?, revision = revision + 1, attempt = 0,
                    not_before = 0, first_failed_at = NULL, last_error = NULL WHERE id = ?
                """,
            arguments: [database.lastInsertedRowID, item.id])
        let place = "\(publication.party)/\(publication.kind)/\(publication.name)"
        try append(
            database,
            LedgerEvent(
                act: "withdrawn:\(place):\(item.sha256.hex):\(item.revision)", at: at, kind: .withdrawn,
                party: publication.party, study: try study(database, of: publication), detail: place))
    }

    /// Notes that what was published is taken back. What was acknowledged or asked for anew meanwhile stays so.
    package func markWithdrawn(_ due: DuePublication, owner: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    UPDATE publication SET owner = NULL, lease_until = NULL,
                        state = CASE WHEN state = 'due' AND revision = ?1 THEN 'withdrawn' ELSE state END,
                        withdrawal_id = CASE WHEN state = 'due' AND revision = ?1 THEN NULL ELSE withdrawal_id END
                    WHERE id = ?2 AND owner = ?3
                    """,
                arguments: [due.revision, due.id, owner])
        }
    }

    /// Has what was withdrawn of a subject lie there again, for everybody who had it; changes nothing otherwise.
    static func publishAgain(
        _ database: Database, _ subject: Publication.Subject, _ id: Int64, at: String
    ) throws {
        if subject == .delivery { try publishChangedReportsAgain(database, request: id, at: at) }
        try database.execute(
            kept: """
                UPDATE publication SET state = 'due', asked_at = ?, revision = revision + 1, attempt = 0, not_before = 0,
                    first_failed_at = NULL, last_error = NULL, withdrawal_id = NULL
                WHERE subject = ? AND subject_id = ? AND (state = 'withdrawn' OR withdrawal_id IS NOT NULL)
                """,
            arguments: [at, subject.rawValue, id])
    }

    /// Changed reports are part of the answer to the request that they came by.
    private static func publishChangedReportsAgain(_ database: Database, request: Int64, at: String) throws {
        let changes = try Int64.fetchAll(
            database,
            kept: """
                SELECT report_change.id FROM report_change JOIN lending_grant ON lending_grant.id = grant_id
                WHERE request_id = ?
                """,
            arguments: [request])
        for change in changes { try publishAgain(database, .reportDelivery, change, at: at) }
    }

    static func wasWithdrawn(_ database: Database, _ publication: Publication) throws -> Bool {
        try Bool.fetchOne(
            database,
            kept: "SELECT EXISTS (SELECT 1 FROM withdrawal WHERE party = ? AND kind = ? AND name = ?)",
            arguments: [publication.party, publication.kind, publication.name]) == true
    }

    /// The newest withdrawal from a place: its digest and when; nil when nothing was withdrawn from there.
    package func latestWithdrawal(
        party: String, kind: String, name: String
    ) throws(CatalogError) -> (sha256: SHA256Digest, at: String)? {
        try read { database in
            let row = try Row.fetchOne(
                database,
                kept: """
                    SELECT sha256, withdrawn_at FROM withdrawal WHERE party = ? AND kind = ? AND name = ?
                    ORDER BY id DESC LIMIT 1
                    """,
                arguments: [party, kind, name])
            return row.flatMap { row in Self.digest(row["sha256"]).map { ($0, row["withdrawn_at"]) } }
        }
    }

    /// The notice of a row; nil when there is none.
    package func withdrawalNotice(_ id: Int64) throws(CatalogError) -> WithdrawalNotice? {
        try read { database in
            guard
                let row = try Row.fetchOne(
                    database, kept: "SELECT * FROM withdrawal_notice WHERE id = ?", arguments: [id])
            else { return nil }
            let withdrawn = try Row.fetchAll(
                database, kept: "SELECT * FROM withdrawal WHERE notice_id = ? ORDER BY id", arguments: [id])
            return WithdrawalNotice(
                party: row["party"], at: row["at"],
                withdrawn: withdrawn.compactMap { row in
                    Self.digest(row["sha256"]).map {
                        WithdrawalRecord(
                            kind: row["kind"], name: row["name"], subject: row["subject"], sha256: $0,
                            publishedAt: row["published_at"])
                    }
                })
        }
    }

    /// How much lies unacknowledged, since when, and how much was withdrawn and not asked for again.
    package func unacknowledgedSums() throws(CatalogError) -> (count: Int, oldestAt: String?, withdrawnCount: Int) {
        try read { database in
            let row = try Row.fetchOne(
                database,
                kept: "SELECT COUNT(*) AS files, MIN(published_at) AS oldest FROM publication WHERE state = 'out'")
            let withdrawn = try Int.fetchOne(
                database,
                kept: "SELECT COUNT(*) FROM publication WHERE state = 'withdrawn' AND subject <> 'invoiceDraft'")
            return (row?["files"] ?? 0, row?["oldest"], withdrawn ?? 0)
        }
    }
}
