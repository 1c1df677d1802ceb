// Names that are never looked at: a transfer program's temporary files, and hidden ones.
//
// Pure. The same rule holds for a drop and for every component of a path inside a folder drop.

package import Files

package enum IgnoredNames {
    /// Endings of files that are still being transferred.
    package static let endings = [".part", ".partial", ".tmp", ".filepart"]
    /// The ending of an attestation.
    package static let checksumSuffix = ".sha256"

    /// Whether a path inside a folder drop is passed over: by its last name, or by one of a folder on the way.
    ///
    /// `.` and `..` are no names.
    package static func contains(path: [UInt8]) -> Bool {
        path.split(separator: UInt8(ascii: "/")).contains { part in
            guard let name = FileName(bytes: Array(part)), name.text != ".", name.text != ".." else { return false }
            return contains(name)
        }
    }

    /// Whether a name is passed over.
    package static func contains(_ name: FileName) -> Bool {
        if name.startsWithDot { return true }
        return endings.contains { ending in
            name.bytes.count >= ending.utf8.count && name.bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8)
        }
    }
}
