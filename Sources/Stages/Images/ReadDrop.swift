// What one reading of a drop brought, before anything is decided.
//
// A value that grows while the drop is read: what was found, what is missing, how the bundle ended.

internal import Files

/// What reading a drop brought.
struct ReadDrop: Sendable {
    var digest: SHA256Digest
    var byteCount: Int64 = 0
    /// What was read, to be compared before it is removed.
    var files: [(path: RelativePath, status: FileStatus)] = []
    /// Files that an attestation names and that are not there, or not as it says.
    var missing: [MissingPiece] = []
    /// Why the bundle could not be read to its end, or broke a limit; nil when it was.
    var breakage: String?
    /// Whether the breakage is a limit or a trap, so that nothing of the bundle is kept.
    var isHostile = false
    /// Whether the drop as it lies there is over a limit, so that no waiting can put it right.
    var isOverLimit = false
    /// Archives and loose files that may just not be whole yet. None in a drop that is.
    var cut: [MissingPiece] = []
    /// Bytes that came out of the drop's files, those of archives unpacked.
    var unpackedByteCount: Int64 = 0
    /// Files, and entries of archives.
    var entryCount = 0

    init() {
        digest = SHA256.digest(of: "")
    }

    /// Notes that the drop as it lies there is over a limit.
    mutating func exceed(_ limit: String, _ text: String) {
        breakage = "over the limit '\(limit)': \(text)"
        isHostile = true
        isOverLimit = true
    }

    /// Takes in what the reading of one file of a folder brought.
    mutating func add(_ part: ReadDrop) {
        byteCount += part.byteCount
        unpackedByteCount += part.unpackedByteCount
        entryCount += part.entryCount
        breakage = breakage ?? part.breakage
        isHostile = isHostile || part.isHostile
        cut += part.cut
    }
}
