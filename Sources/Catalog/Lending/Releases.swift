// What was given to whom: the register of releases.
//
// Invariants: a release is written when its files are durable and before they appear, in one transaction with its charge;
// making it again leaves the release as it is, unless the files are others: then there is a further version, which costs
// nothing. Being given to somebody is a use of the exam.

package import Accounting
internal import Foundation
internal import GRDB
package import Files

/// A file that was given.
package struct ReleaseFile: Sendable, Equatable {
    /// Within the exam's folder.
    package let path: String
    package let sha256: SHA256Digest
    package let byteCount: Int64
    /// nil for what is no image.
    package let sopInstanceUID: String?
    /// Of the stored file that it was made from; nil for what is no image.
    package let sourceSHA256: SHA256Digest?
    /// Keywords of the attributes that are not as they were stored.
    package let changed: [String]

    package init(
        path: String, sha256: SHA256Digest, byteCount: Int64, sopInstanceUID: String?, sourceSHA256: SHA256Digest?,
        changed: [String]
    ) {
        self.path = path
        self.sha256 = sha256
        self.byteCount = byteCount
        self.sopInstanceUID = sopInstanceUID
        self.sourceSHA256 = sourceSHA256
        self.changed = changed
    }
}

/// What a release costs.
package struct ReleaseCharge: Sendable, Equatable {
    /// The id of the usage event.
    package let event: String
    /// A decimal.
    package let amount: String
    package let currency: String
    /// For people: by which list and rule.
    package let reason: String

    package init(event: String, amount: String, currency: String, reason: String) {
        self.event = event
        self.amount = amount
        self.currency = currency
        self.reason = reason
    }
}

extension ReleaseCharge {
    init(_ event: UsageEvent) {
        self.init(
            event: event.id, amount: event.charged.text, currency: event.charged.currency.code,
            reason: event.explanation)
    }
}

/// The rights that were given.
package struct ReleasedRights: Sendable, Equatable {
    /// A decimal.
    package let pixelDensity: String
    package let imageProcessing: Bool
    package let reports: Bool
    package let reportInput: Bool
    package let isDeidentified: Bool
    /// How long they last from the release on, in seconds; nil for without end.
    package let lastsSeconds: Int64?

    package init(
        pixelDensity: String, imageProcessing: Bool, reports: Bool, reportInput: Bool, isDeidentified: Bool,
        lastsSeconds: Int64?
    ) {
        self.pixelDensity = pixelDensity
        self.imageProcessing = imageProcessing
        self.reports = reports
        self.reportInput = reportInput
        self.isDeidentified = isDeidentified
        self.lastsSeconds = lastsSeconds
    }
}

/// An exam that a party holds.
package struct ReleaseRecord: Sendable, Equatable {
    package let id: Int64
    package let grant: Int64
    package let version: Int
    package let study: Int64
    package let party: String
    package let purpose: String
    /// The id that the party gave its request.
    package let request: String
    package let rights: ReleasedRights
    package let policyVersion: String
    package private(set) var releasedAt: String
    package let releasedSeconds: Int64
    /// When the right ends, in seconds since 1970; nil for never.
    package let untilSeconds: Int64?
    package private(set) var fileCount: Int
    package private(set) var byteCount: Int64
    /// What the range holds and was not given, with the reasons; JSON.
    package private(set) var leftOut: String
    package private(set) var charge: ReleaseCharge?

    /// The same as it is said of reports that are given later under it.
    package func ofReportsAlone(_ files: [ReleaseFile], charge: ReleaseCharge?, at: String) -> ReleaseRecord {
        var release = self
        release.releasedAt = at
        release.fileCount = files.count
        release.byteCount = files.reduce(0) { $0 + $1.byteCount }
        release.leftOut = "[]"
        release.charge = charge
        return release
    }

    /// Whether the right lasts.
    package func lasts(seconds now: Int64) -> Bool { untilSeconds.map { now < $0 } ?? true }

    init(_ row: Row) {
        id = row["id"]
        grant = row["grant_id"]
        version = row["version"]
        study = row["study_id"]
        party = row["party"]
        purpose = row["purpose"]
        request = row["request"]
        releasedSeconds = row["released_seconds"]
        untilSeconds = row["until_seconds"]
        rights = ReleasedRights(
            pixelDensity: row["pixel_density"], imageProcessing: row["image_processing"], reports: row["reports"],
            reportInput: row["report_input"], isDeidentified: row["deidentified"],
            lastsSeconds: untilSeconds.map { [since = releasedSeconds] in $0 - since })
        policyVersion = row["policy_version"]
        releasedAt = row["released_at"]
        fileCount = row["file_count"]
        byteCount = row["byte_count"]
        leftOut = row["left_out"]
        charge = (row["charge_event"] as String?).map {
            ReleaseCharge(
                event: $0, amount: row["charge_amount"] ?? "", currency: row["charge_currency"] ?? "",
                reason: row["charge_reason"] ?? "")
        }
    }
}

extension Catalog {
    /// Notes that an exam is given: its files are durable, and appear after this.
    ///
    /// - Parameters:
    ///   - leftOut: JSON.
    ///   - reports: The rows of the reports among the files.
    ///   - usage: What it costs; nil for whoever is not charged. What was released before is not metered again.
    /// - Returns: The release, which is the earlier one where the same files were released.
    package func release(
        _ grant: GrantRecord, of request: LendingRequest, rights: ReleasedRights, files: [ReleaseFile],
        leftOut: String, reports: [Int64], usage: UsageEvent?, at: String
    ) throws(CatalogError) -> ReleaseRecord {
        try write { database in
            let before = try Self.latestRelease(database, grant: grant.id)
            if let before, before.leftOut == leftOut,
                try Self.files(database, release: before.id) == files
            {
                return before
            }
            guard try Self.deletion(database, of: grant) == nil else { throw CatalogError.overtaken }
            let charge = before?.charge ?? usage.map { ReleaseCharge($0) }
            let id = try Self.insert(
                database, grant, of: request, rights: rights, files: files, leftOut: leftOut, charge: charge,
                after: before, at: at)
            if before == nil, let usage { try Self.meter(database, usage) }
            try Self.insert(database, files, release: id)
            try Self.noteCopies(database, of: reports, grant: grant, at: at)
            try Self.noteUse(database, study: grant.study, at: at)
            try Self.noteDelivered(database, study: grant.study, at: at)
            guard let made = try Self.latestRelease(database, grant: grant.id) else {
                throw CatalogError.database("a release came back empty")
            }
            try Self.append(database, Self.event(made, files: files, drop: request.drop, at: at))
            return made
        }
    }

    private static func insert(
        _ database: Database, _ grant: GrantRecord, of request: LendingRequest, rights: ReleasedRights,
        files: [ReleaseFile], leftOut: String, charge: ReleaseCharge?, after before: ReleaseRecord?, at: String
    ) throws -> Int64 {
        // The right began with the first version.
        let since = try before?.releasedSeconds ?? seconds(at)
        let until = rights.lastsSeconds.map { since.addingReportingOverflow($0) }.map {
            $0.overflow ? .max : $0.partialValue
        }
        try database.execute(
            kept: """
                INSERT INTO release (grant_id, version, study_id, party, purpose, request, pixel_density,
                    image_processing, reports, report_input, deidentified, policy_version, released_at,
                    released_seconds, until_seconds, file_count, byte_count, left_out, charge_event,
                    charge_amount, charge_currency, charge_reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                grant.id, (before?.version ?? 0) + 1, grant.study, request.party, request.purpose, request.name,
                rights.pixelDensity, rights.imageProcessing, rights.reports, rights.reportInput, rights.isDeidentified,
                grant.policyVersion, before?.releasedAt ?? at, since, until, files.count,
                files.reduce(0) { $0 + $1.byteCount }, leftOut, charge?.event,
                charge?.amount, charge?.currency,
                charge?.reason,
            ])
        return database.lastInsertedRowID
    }

    private static func insert(_ database: Database, _ files: [ReleaseFile], release: Int64) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO release_file (release_id, position, path, sha256, byte_count, sop_uid, source_sha256, changed)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for (position, file) in files.enumerated() {
            try statement.execute(arguments: [
                release, position, file.path, Data(file.sha256.bytes), file.byteCount, file.sopInstanceUID,
                file.sourceSHA256.map { Data($0.bytes) }, file.changed.joined(separator: " "),
            ])
        }
    }

    private static func event(
        _ release: ReleaseRecord, files: [ReleaseFile], drop: DropID, at: String
    ) -> LedgerEvent {
        LedgerEvent(
            act: "released:\(release.party):\(release.request):\(release.grant):\(release.version)", at: at,
            kind: .released, party: release.party, drop: drop, study: release.study,
            instanceCount: Set(files.compactMap(\.sourceSHA256)).count, byteCount: release.byteCount,
            detail:
                "to \(release.party) for \(release.purpose), density \(release.rights.pixelDensity), request \(release.request)"
        )
    }

    private static func latestRelease(_ database: Database, grant: Int64) throws -> ReleaseRecord? {
        try Row.fetchOne(
            database, kept: "SELECT * FROM release WHERE grant_id = ? ORDER BY version DESC LIMIT 1", arguments: [grant]
        ).map { ReleaseRecord($0) }
    }

    private static func files(_ database: Database, release: Int64) throws -> [ReleaseFile] {
        try Row.fetchAll(
            database, kept: "SELECT * FROM release_file WHERE release_id = ? ORDER BY position", arguments: [release]
        ).compactMap { row in
            digest(row["sha256"]).map {
                ReleaseFile(
                    path: row["path"], sha256: $0, byteCount: row["byte_count"], sopInstanceUID: row["sop_uid"],
                    sourceSHA256: digest(row["source_sha256"]),
                    changed: (row["changed"] as String).split(separator: " ").map(String.init))
            }
        }
    }

    /// What was given because of a grant; nil when nothing was yet.
    package func latestRelease(ofGrant grant: Int64) throws(CatalogError) -> ReleaseRecord? {
        try read { try Self.latestRelease($0, grant: grant) }
    }

    /// The files of a release, in their order.
    package func files(ofRelease release: Int64) throws(CatalogError) -> [ReleaseFile] {
        try read { try Self.files($0, release: release) }
    }

    /// Who was given an exam, oldest first, each release in its last version.
    ///
    /// - Parameters:
    ///   - party: nil for anybody.
    ///   - purpose: nil for any.
    package func releases(
        ofStudy study: Int64, to party: String? = nil, for purpose: String? = nil
    ) throws(CatalogError) -> [ReleaseRecord] {
        try releases(
            "study_id = ?1 AND (?2 IS NULL OR party = ?2) AND (?3 IS NULL OR purpose = ?3)", [study, party, purpose])
    }

    /// What was given because of a request.
    package func releases(ofRequest id: Int64) throws(CatalogError) -> [ReleaseRecord] {
        try releases("grant_id IN (SELECT id FROM lending_grant WHERE request_id = ?)", [id])
    }

    private func releases(_ condition: String, _ arguments: StatementArguments) throws(CatalogError) -> [ReleaseRecord]
    {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM release AS own WHERE \(condition)
                        AND version = (SELECT MAX(version) FROM release AS other WHERE other.grant_id = own.grant_id)
                    ORDER BY id
                    """,
                arguments: arguments
            ).map { ReleaseRecord($0) }
        }
    }
}
