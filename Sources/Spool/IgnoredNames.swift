// Names that are never looked at: a transfer program's temporary files, and hidden ones.
//
// Pure. The same rule holds for a drop and for every component of a path inside a folder drop.

package import Files

package enum IgnoredNames {
    /// Endings of files that are still being transferred.
    package static let endings = [".part", ".partial", ".tmp", ".filepart"]
    /// The ending of an attestation.
    package static let checksumSuffix = ".sha256"

    /// Whether a name is passed over.
    package static func contains(_ name: FileName) -> Bool {
        if name.startsWithDot { return true }
        return endings.contains { ending in
            name.bytes.count >= ending.utf8.count && name.bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8)
        }
    }
}
