// `reason.json`, beside a drop in quarantine: what it is and why it is held.
//
// For people, and for `rebuild`, which has no other record of held drops.

internal import Catalog
internal import Files
internal import Foundation
internal import Spool

/// What is known of a held drop. Notes of version 0.1 lack what is optional here.
struct HeldDropNote: Codable, Sendable {
    let drop: String
    let party: String
    let kind: String
    let name: String
    /// The name's bytes in hexadecimal: not every name is text.
    let nameBytes: String?
    let isFolder: Bool?
    let status: String
    let reason: String?
    let sha256: String?
    let byteCount: Int64?
    let attested: Bool?
    let receivedAt: String?

    init(_ drop: DropRecord) {
        self.drop = drop.id.description
        party = drop.party
        kind = drop.kind
        name = drop.name.text
        nameBytes = SHA256Digest.hex(of: drop.name.bytes)
        isFolder = drop.isFolder
        status = drop.status ?? ""
        reason = drop.reason
        sha256 = drop.sha256?.hex ?? ""
        byteCount = drop.byteCount ?? 0
        attested = drop.attested ?? false
        receivedAt = drop.receivedAt ?? drop.firstSeenAt
    }

    func encoded() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
    }

    static func decoded(_ bytes: [UInt8]) throws -> HeldDropNote {
        try JSONDecoder().decode(HeldDropNote.self, from: Data(bytes))
    }

    /// The drop's own name.
    var fileName: FileName? {
        guard let nameBytes else { return FileName(bytes: Array(name.utf8)) }
        var bytes: [UInt8] = []
        var digits = Substring(nameBytes)
        while digits.count >= 2, let byte = UInt8(digits.prefix(2), radix: 16) {
            bytes.append(byte)
            digits = digits.dropFirst(2)
        }
        return FileName(bytes: bytes)
    }
}
