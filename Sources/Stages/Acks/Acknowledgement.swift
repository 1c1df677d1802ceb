// What a party says it has picked up: `<kind>/<name>` on the first line, its SHA-256 on the second.
//
// Pure.

internal import Files

struct Acknowledgement: Equatable {
    /// `worklists`, `results` …
    let kind: String
    let name: FileName
    /// Of a folder, that of its `SHA256SUMS`.
    let sha256: SHA256Digest

    /// Why a text is none, and what would be right.
    struct Malformed: Error, Equatable {
        let reason: String
    }

    init(_ bytes: [UInt8]) throws(Malformed) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard lines.count == 2 else {
            throw Malformed(
                reason:
                    "\(lines.count) lines; right are two: <kind>/<name>, and its SHA-256 (of a folder: that of its SHA256SUMS)"
            )
        }
        let parts = lines[0].split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let name = FileName(bytes: Array(parts[1].utf8)), !name.startsWithDot else {
            throw Malformed(reason: "line 1: '\(lines[0])' is no <kind>/<name>, such as worklists/northside_A-1001")
        }
        guard let sha256 = SHA256Digest(hex: lines[1].lowercased().prefix { $0 != " " }.description) else {
            throw Malformed(reason: "line 2: '\(lines[1].prefix(80))' is no SHA-256 of 64 hexadecimal digits")
        }
        kind = String(parts[0])
        self.name = name
        self.sha256 = sha256
    }
}
