// A path below some folder: names with slashes between them, as bytes.
//
// Invariant: no component is empty, `.` or `..`, so that it never leads out of its folder. The empty path is the folder, or the
// file, itself. Held as one array, since there may be half a million of them.

/// A path below a folder.
package struct RelativePath: Hashable, Comparable, Sendable {
    package let bytes: [UInt8]

    private static let slash = UInt8(ascii: "/")

    /// The folder, or the file, itself.
    package static let itself = RelativePath(unchecked: [])

    /// - Parameter bytes: nil comes back when a component is none of a file's names.
    package init?(bytes: [UInt8]) {
        let parts = bytes.split(separator: Self.slash, omittingEmptySubsequences: false)
        let isSound = parts.allSatisfy { part in
            !part.isEmpty && !part.contains(0) && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
        }
        guard isSound || bytes.isEmpty else { return nil }
        self.bytes = bytes
    }

    private init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The path of a name below this one.
    package func appending(_ name: FileName) -> RelativePath {
        RelativePath(unchecked: bytes.isEmpty ? name.bytes : bytes + [Self.slash] + name.bytes)
    }

    /// The names from the outermost on.
    package var components: [FileName] {
        bytes.split(separator: Self.slash).compactMap { FileName(bytes: Array($0)) }
    }

    /// The last name; nil for the folder itself.
    package var name: FileName? {
        guard !bytes.isEmpty else { return nil }
        let start = bytes.lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
        return FileName(bytes: Array(bytes[start...]))
    }

    /// The path without its last name.
    package var parent: RelativePath {
        RelativePath(unchecked: bytes.lastIndex(of: Self.slash).map { Array(bytes[..<$0]) } ?? [])
    }

    /// The path for people and receipts.
    package var text: String { components.map(\.text).joined(separator: "/") }

    package static func < (left: RelativePath, right: RelativePath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
