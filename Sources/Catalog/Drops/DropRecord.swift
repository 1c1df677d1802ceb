// A drop as the catalogue knows it, from its first sighting to its receipt.

internal import Foundation
internal import GRDB
package import Files

/// One drop.
package struct DropRecord: Sendable {
    /// Where a drop stands.
    package enum State: String, Sendable {
        /// Seen in its incoming folder; not taken yet.
        case waiting
        /// Moved out of the party's reach; not committed yet.
        case claimed
        /// Committed, and not kept in quarantine.
        case done
        /// Committed, and kept in quarantine for a person.
        case held
        /// It went away before it was taken.
        case gone
    }

    package let id: DropID
    package let party: String
    package let kind: String
    package let name: FileName
    package let state: State
    package let isFolder: Bool
    /// What the drop looked like when it was last seen to change.
    package let signature: Int64
    package let firstSeenAt: String
    package let changedAt: String
    /// When its `incomplete` receipt was written; nil when there is none.
    package let incompleteAt: String?
    /// Where it is now, below `spool/`; nil while it is in its incoming folder, and when it is removed.
    package let claimPath: String?
    package let attested: Bool?
    package let sha256: SHA256Digest?
    package let byteCount: Int64?
    package let receivedAt: String?
    package let status: String?
    package let reason: String?
    /// The receipt's file name.
    package let receipt: String?
    package let releasedFrom: DropID?

    init?(_ row: Row) {
        guard let name = FileName(bytes: [UInt8](row["name"] as Data? ?? Data())),
            let state = State(rawValue: row["state"])
        else { return nil }
        id = DropID(row["id"])
        party = row["party"]
        kind = row["kind"]
        self.name = name
        self.state = state
        isFolder = row["is_folder"]
        signature = row["signature"]
        firstSeenAt = row["first_seen_at"]
        changedAt = row["changed_at"]
        incompleteAt = row["incomplete_at"]
        claimPath = row["claim_path"]
        attested = row["attested"]
        sha256 = (row["sha256"] as Data?).flatMap { SHA256Digest([UInt8]($0)) }
        byteCount = row["byte_count"]
        receivedAt = row["received_at"]
        status = row["status"]
        reason = row["reason"]
        receipt = row["receipt"]
        releasedFrom = (row["released_from"] as Int64?).map { DropID($0) }
    }
}
