// Packs as the catalogue has them: for `verify`, which holds them against the archive.

internal import Foundation
internal import GRDB
package import Files

/// A pack of the catalogue.
package struct PackRecord: Sendable {
    package let pack: Int64
    package let facility: String
    package let examKey: String
    package let studyInstanceUID: String
    package let seriesInstanceUID: String
    package let digest: SHA256Digest
    package let tier: String
    package let byteCount: Int64
    package let memberCount: Int
}

/// A member of a pack as the catalogue has it.
package struct PackMemberRecord: Sendable, Equatable {
    package let sopInstanceUID: String
    package let offset: Int64
    package let byteCount: Int64
    package let sha256: SHA256Digest

    package init(sopInstanceUID: String, offset: Int64, byteCount: Int64, sha256: SHA256Digest) {
        self.sopInstanceUID = sopInstanceUID
        self.offset = offset
        self.byteCount = byteCount
        self.sha256 = sha256
    }
}

extension Catalog {
    /// The next packs after one, by their row: for walking all of them in pieces.
    package func packs(after pack: Int64, limit: Int) throws(CatalogError) -> [PackRecord] {
        try packs(where: "pack.id > ?", [pack], limit: limit)
    }

    /// The packs that fit a condition, by their row.
    func packs(
        where condition: String, _ arguments: StatementArguments, limit: Int = -1
    ) throws(CatalogError) -> [PackRecord] {
        let end = limit < 0 ? "" : "LIMIT \(limit)"
        return try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT pack.id, party.name AS facility, exam_key, study_uid, series_uid, digest, tier, byte_count,
                        member_count
                    FROM pack JOIN series ON series.id = series_id JOIN study ON study.id = study_id
                    JOIN party ON party.id = party_id WHERE \(condition) ORDER BY pack.id \(end)
                    """,
                arguments: arguments
            ).compactMap { row in
                Self.digest(row["digest"]).map { digest in
                    PackRecord(
                        pack: row["id"], facility: row["facility"], examKey: row["exam_key"],
                        studyInstanceUID: row["study_uid"], seriesInstanceUID: row["series_uid"], digest: digest,
                        tier: row["tier"], byteCount: row["byte_count"], memberCount: row["member_count"])
                }
            }
        }
    }

    /// The members of a pack, by offset.
    package func members(ofPack pack: Int64) throws(CatalogError) -> [PackMemberRecord] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT sop_uid, pack_offset, byte_count, sha256 FROM instance WHERE pack_id = ? ORDER BY pack_offset
                    """,
                arguments: [pack]
            ).compactMap { row in
                Self.digest(row["sha256"]).map {
                    PackMemberRecord(
                        sopInstanceUID: row["sop_uid"], offset: row["pack_offset"], byteCount: row["byte_count"],
                        sha256: $0)
                }
            }
        }
    }

    /// Bytes of all packs.
    package func storedByteCount() throws(CatalogError) -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT COALESCE(SUM(byte_count), 0) FROM pack") ?? 0 }
    }

    /// Whether the catalogue has a pack of this digest.
    package func hasPack(_ digest: SHA256Digest) throws(CatalogError) -> Bool { try tier(ofPack: digest) != nil }

    /// The tier of the copy of a pack that counts; nil when the catalogue has no such pack.
    package func tier(ofPack digest: SHA256Digest) throws(CatalogError) -> String? {
        try read { database in
            try String.fetchOne(
                database, kept: "SELECT tier FROM pack WHERE digest = ?", arguments: [Data(digest.bytes)])
        }
    }

    /// The pack of a digest; nil when the catalogue has none.
    package func pack(digest: SHA256Digest) throws(CatalogError) -> PackRecord? {
        try packs(where: "digest = ?", [Data(digest.bytes)]).first
    }

    /// Whether a tier was ever used under this path.
    package func isKnownTier(_ name: String, path: String) throws(CatalogError) -> Bool {
        try read { database in
            try Int.fetchOne(
                database, kept: "SELECT 1 FROM tier WHERE name = ? AND path = ?", arguments: [name, path]) != nil
        }
    }

    /// Notes that a tier is at a path and has its marker.
    package func noteTier(_ name: String, path: String, at: String) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO tier (name, path, marked_at) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET path = excluded.path, marked_at = excluded.marked_at
                    """,
                arguments: [name, path, at])
        }
    }
}
