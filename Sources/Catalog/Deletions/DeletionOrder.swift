// The office's order that an exam be deleted, as it was judged, and what became of it.
//
// Pure values.

internal import GRDB
package import Files

/// An order whose conditions were met when it was judged.
package struct DeletionOrder: Sendable, Equatable {
    /// Its place in the drop.
    package let position: Int
    /// The id that the office gave it.
    package let name: String
    package let study: Int64
    package let reason: String?
    /// When images of the exam were last stored, as its row has it: if it is another one by now, it was judged in vain.
    package let imagesStoredAt: String
    /// The newest row of a report of the exam; 0 when it has none.
    package let newestReport: Int64
    /// When something of it, images or a report, was last stored.
    package let lastStoredAt: String
    /// As the configuration says it: `3650d`.
    package let retention: String
    /// The end of the retention period.
    package let keptUntil: String

    package init(
        position: Int, name: String, study: Int64, reason: String?, imagesStoredAt: String, newestReport: Int64,
        lastStoredAt: String, retention: String, keptUntil: String
    ) {
        self.position = position
        self.name = name
        self.study = study
        self.reason = reason
        self.imagesStoredAt = imagesStoredAt
        self.newestReport = newestReport
        self.lastStoredAt = lastStoredAt
        self.retention = retention
        self.keptUntil = keptUntil
    }
}

/// An exam's deletion.
package struct DeletionRecord: Sendable, Equatable {
    package let id: Int64
    package let study: Int64
    package let drop: DropID
    /// Who ordered it.
    package let party: String
    /// The order's id.
    package let order: String
    package let reason: String?
    package let lastStoredAt: String
    package let retention: String
    package let keptUntil: String
    package let deletedAt: String
    package let instanceCount: Int
    package let reportCount: Int
    /// Of the images.
    package let byteCount: Int64
    /// When the last file was gone from the archive; nil while one is left.
    package let removedAt: String?

    init(_ row: Row) {
        id = row["id"]
        study = row["study_id"]
        drop = DropID(row["drop_id"])
        party = row["party"]
        order = row["name"]
        reason = row["reason"]
        lastStoredAt = row["last_stored_at"]
        retention = row["retention"]
        keptUntil = row["kept_until"]
        deletedAt = row["deleted_at"]
        instanceCount = row["instance_count"]
        reportCount = row["report_count"]
        byteCount = row["byte_count"]
        removedAt = row["removed_at"]
    }
}

/// An image that was deleted.
package struct DeletedInstance: Sendable, Equatable {
    package let sopInstanceUID: String
    package let byteCount: Int64
    package let sha256: SHA256Digest
}

/// A file that a deletion takes out of the archive.
package struct DeletedFile: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case pack, report
    }

    package enum State: String, Sendable {
        case pending, removed
        /// Something else that is stored lies in the same file.
        case kept
    }

    package let id: Int64
    package let kind: Kind
    /// Below whose folder it lies.
    package let party: String
    /// Of packs; empty for a report.
    package let studyInstanceUID: String
    package let seriesInstanceUID: String
    package let digest: SHA256Digest
    /// Where the copy lay that counted.
    package let tier: String
    package let byteCount: Int64
    package let state: State

    init?(_ row: Row) {
        guard let kind = Kind(rawValue: row["kind"]), let state = State(rawValue: row["state"]),
            let digest = Catalog.digest(row["digest"])
        else { return nil }
        id = row["id"]
        self.kind = kind
        self.state = state
        self.digest = digest
        party = row["party"]
        studyInstanceUID = row["study_uid"]
        seriesInstanceUID = row["series_uid"]
        tier = row["tier"]
        byteCount = row["byte_count"]
    }
}
