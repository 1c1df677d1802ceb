// What has to lie in which outbound folder: asked for in the transaction of the fact that causes it, and worked off by
// whoever has the lease.
//
// Invariant: one row for each place. Asking again for what is there, was picked up or withdrawn changes nothing, unless its
// content is new: what was withdrawn comes again only when its party, or the office, asks.

internal import Foundation
internal import GRDB
package import Files

/// A file or folder that a party is to have.
package struct Publication: Sendable, Equatable {
    package enum Subject: String, CaseIterable, Sendable {
        /// `subjectID` is the assignment.
        case packet
        /// The notice.
        case notice
        /// The determination.
        case result
        /// The request.
        case delivery
        /// The document.
        case invoice
        /// The draft; without a row of it, it is taken back.
        case invoiceDraft
        /// The notice of withdrawals.
        case withdrawal
        /// The restore drill.
        case drill
        /// The change of a report: told, and given.
        case reportNotice, reportDelivery
        /// The patient of the chart.
        case liaison

        /// Whether it goes when nobody has acknowledged it for long: all that can be had again, and what only tells.
        ///
        /// Documents of accounts stay until they are picked up: books have to be whole. The page of a patient is a standing one.
        package var isWithdrawn: Bool {
            switch self {
            case .packet, .notice, .result, .delivery, .withdrawal, .drill, .reportNotice, .reportDelivery: true
            case .invoice, .invoiceDraft, .liaison: false
            }
        }
    }

    package let party: String
    package let kind: String
    package let name: String
    package let subject: Subject
    package let subjectID: Int64

    package init(party: String, kind: String, name: String, subject: Subject, subjectID: Int64) {
        self.party = party
        self.kind = kind
        self.name = name
        self.subject = subject
        self.subjectID = subjectID
    }
}

/// A publication that is due.
package struct DuePublication: Sendable {
    package let id: Int64
    package let publication: Publication
    /// ISO 8601 with offset.
    package let askedAt: String
    /// Counts how often it was asked for.
    package let revision: Int
    package let attempt: Int
    package let firstFailedAt: Int64?
    /// What of it is to be taken back; nil when it is to be published.
    package let withdrawn: SHA256Digest?

    init?(_ row: Row) {
        guard let subject = Publication.Subject(rawValue: row["subject"]) else { return nil }
        id = row["id"]
        publication = Publication(
            party: row["party"], kind: row["kind"], name: row["name"], subject: subject, subjectID: row["subject_id"])
        askedAt = row["asked_at"]
        revision = row["revision"]
        attempt = row["attempt"]
        firstFailedAt = row["first_failed_at"]
        withdrawn = (row["withdrawal_id"] as Int64?) == nil ? nil : Catalog.digest(row["sha256"])
    }
}

extension Catalog {
    /// - Parameter isNewContent: Whether what lies there is to be replaced.
    static func publish(
        _ database: Database, _ publication: Publication, isNewContent: Bool, at: String
    ) throws {
        try database.execute(
            kept: """
                INSERT INTO publication (party, kind, name, subject, subject_id, state, asked_at)
                VALUES (?, ?, ?, ?, ?, 'due', ?)
                ON CONFLICT (party, kind, name) DO UPDATE SET subject_id = excluded.subject_id, state = 'due',
                    asked_at = excluded.asked_at, revision = publication.revision + 1, attempt = 0, not_before = 0,
                    first_failed_at = NULL, last_error = NULL, withdrawal_id = NULL
                    WHERE ? OR publication.subject_id <> excluded.subject_id
                """,
            arguments: [
                publication.party, publication.kind, publication.name, publication.subject.rawValue,
                publication.subjectID, at, isNewContent,
            ])
    }

    /// Asks for something to be published.
    package func publish(_ publication: Publication, isNewContent: Bool, at: String) throws(CatalogError) {
        try write { try Self.publish($0, publication, isNewContent: isNewContent, at: at) }
    }

    /// Those that may be worked on now, oldest first.
    package func duePublications(_ request: LeaseRequest) throws(CatalogError) -> [DuePublication] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM publication WHERE state = 'due' AND not_before <= ? ORDER BY id",
                arguments: [request.policyNow]
            ).filter { Self.isFree($0, request) }.compactMap { DuePublication($0) }
        }
    }

    /// All that are due, whether they may be worked on now or not, oldest first, each with its last failure.
    package func unpublished() throws(CatalogError) -> [(due: DuePublication, error: String?)] {
        try read { database in
            try Row.fetchAll(
                database, kept: "SELECT * FROM publication WHERE state = 'due' AND withdrawal_id IS NULL ORDER BY id"
            ).compactMap { row in DuePublication(row).map { ($0, row["last_error"]) } }
        }
    }

    /// Takes one; nil when somebody else has it or it is done.
    package func lease(publication id: Int64, _ request: LeaseRequest) throws(CatalogError) -> DuePublication? {
        try write { database in
            guard
                let row = try Row.fetchOne(
                    database, kept: "SELECT * FROM publication WHERE id = ? AND state = 'due'", arguments: [id]),
                Self.isFree(row, request)
            else { return nil }
            try database.execute(
                kept: "UPDATE publication SET owner = ?, lease_until = ? WHERE id = ?",
                arguments: [request.owner, request.until, id])
            return DuePublication(row)
        }
    }

    /// Notes that it lies there. What was asked for anew meanwhile stays due.
    package func markPublished(
        _ due: DuePublication, owner: String, sha256: SHA256Digest, at: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    UPDATE publication SET owner = NULL, lease_until = NULL, published_at = ?, sha256 = ?,
                        state = CASE WHEN revision = ? THEN 'out' ELSE 'due' END
                    WHERE id = ? AND owner = ?
                    """,
                arguments: [
                    at, Data(sha256.bytes), due.revision, due.id, owner,
                ])
            guard database.changesCount == 1 else { throw CatalogError.leaseLost(work: due.id) }
            let place = "\(due.publication.party)/\(due.publication.kind)/\(due.publication.name)"
            let study = try Self.study(database, of: due.publication)
            if due.publication.subject == .packet, let study {
                try Self.noteUse(database, ofPacketFor: study, at: at)
            }
            let again = try Self.wasWithdrawn(database, due.publication) ? ":\(due.revision)" : ""
            try Self.append(
                database,
                LedgerEvent(
                    act: "published:\(place):\(sha256.hex)\(again)", at: at, kind: .published,
                    party: due.publication.party,
                    study: study, detail: place))
        }
    }

    /// Gives one back after a failure, to be tried again later.
    package func postpone(
        _ due: DuePublication, owner: String, until: Int64, now: Int64, error: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    UPDATE publication SET owner = NULL, lease_until = NULL, attempt = attempt + 1, not_before = ?,
                        first_failed_at = COALESCE(first_failed_at, ?), last_error = ? WHERE id = ? AND owner = ?
                    """,
                arguments: [until, now, error, due.id, owner])
        }
    }

    /// Gives one back that is not done yet, for whoever goes on with it.
    package func giveBack(_ due: DuePublication, owner: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: "UPDATE publication SET owner = NULL, lease_until = NULL WHERE id = ? AND owner = ?",
                arguments: [due.id, owner])
        }
    }

    /// Notes that a party has picked something up.
    package func markAcknowledged(
        party: String, kind: String, name: String, sha256: SHA256Digest, at: String
    ) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    UPDATE publication SET state = 'acknowledged', withdrawal_id = NULL
                    WHERE party = ? AND kind = ? AND name = ? AND sha256 = ?
                        AND (state IN ('out', 'withdrawn') OR (state = 'due' AND withdrawal_id IS NOT NULL))
                    """,
                arguments: [party, kind, name, Data(sha256.bytes)])
            let place = "\(party)/\(kind)/\(name)"
            try Self.append(
                database,
                LedgerEvent(
                    act: "acknowledged:\(place):\(sha256.hex)", at: at, kind: .acknowledged, party: party,
                    detail: place))
        }
    }

    /// Whether a party has acknowledged something before.
    package func isAcknowledged(
        party: String, kind: String, name: String, sha256: SHA256Digest
    ) throws(CatalogError) -> Bool {
        try event(act: "acknowledged:\(party)/\(kind)/\(name):\(sha256.hex)") != nil
    }

    /// Ends an acknowledgement that was good: it leaves no receipt.
    package func finishAcknowledgement(_ drop: DropID, work: Work, owner: String) throws(CatalogError) {
        try write { database in
            try Self.close(database, work: work, owner: owner)
            try database.execute(
                kept: "UPDATE intake SET state = 'done', status = 'accepted', claim_path = NULL WHERE id = ?",
                arguments: [drop.number])
        }
    }

    /// nil for what is of no exam, or of several.
    static func study(_ database: Database, of publication: Publication) throws -> Int64? {
        let table: String
        switch publication.subject {
        case .packet: table = "assignment"
        case .notice: table = "notice"
        case .result: table = "determination"
        case .delivery, .invoice, .invoiceDraft, .withdrawal, .drill, .liaison: return nil
        case .reportNotice, .reportDelivery: return try reportChange(database, publication.subjectID)?.study
        }
        return try Int64.fetchOne(
            database, sql: "SELECT study_id FROM \(table) WHERE id = ?", arguments: [publication.subjectID])
    }

    private static func isFree(_ row: Row, _ request: LeaseRequest) -> Bool {
        guard let owner: String = row["owner"] else { return true }
        return (row["lease_until"] ?? 0) <= request.now || request.deadOwners.contains(owner)
    }
}
