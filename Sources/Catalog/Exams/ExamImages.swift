// The images of an exam with their places in the archive, as they were up to some row: what a packet or delivery holds.

internal import GRDB
package import Files

/// An image and where it lies.
package struct StoredImage: Sendable {
    package let sopInstanceUID: String
    package let seriesInstanceUID: String
    package let facility: String
    package let studyInstanceUID: String
    package let packDigest: SHA256Digest
    package let tier: String
    package let offset: Int64
    package let byteCount: Int64
    package let sha256: SHA256Digest
    /// JSON objects of the rows.
    package let seriesAttributes: String
    package let attributes: String
}

extension Catalog {
    /// The primary image of each UID, series by series.
    ///
    /// - Parameter limit: The last row that is meant.
    package func images(study: Int64, limit: Int64) throws(CatalogError) -> [StoredImage] {
        try read { database in
            try Row.fetchAll(
                database,
                kept: """
                    SELECT sop_uid, series_uid, party.name AS facility, study_uid, digest, tier, pack_offset,
                        instance.byte_count, sha256, series.attributes AS series_attributes, instance.attributes
                    FROM instance JOIN series ON series.id = instance.series_id JOIN study ON study.id = study_id
                    JOIN party ON party.id = study.party_id JOIN pack ON pack.id = pack_id
                    WHERE study_id = ? AND is_primary = 1 AND instance.id <= ? ORDER BY series_uid, sop_uid
                    """,
                arguments: [study, limit]
            ).compactMap { row in
                guard let pack = Self.digest(row["digest"]), let sha256 = Self.digest(row["sha256"]) else { return nil }
                return StoredImage(
                    sopInstanceUID: row["sop_uid"], seriesInstanceUID: row["series_uid"], facility: row["facility"],
                    studyInstanceUID: row["study_uid"], packDigest: pack, tier: row["tier"],
                    offset: row["pack_offset"], byteCount: row["byte_count"], sha256: sha256,
                    seriesAttributes: row["series_attributes"], attributes: row["attributes"])
            }
        }
    }

    /// The exam of a study row.
    ///
    /// - Parameter evenDeleted: Whether one is meant too whose images were deleted.
    package func exam(study: Int64, evenDeleted: Bool = false) throws(CatalogError) -> ExamRecord? {
        let key = try read {
            try String.fetchOne($0, sql: "SELECT exam_key FROM study WHERE id = ?", arguments: [study])
        }
        guard let key else { return nil }
        return try exam(key: key, evenDeleted: evenDeleted)
    }
}
