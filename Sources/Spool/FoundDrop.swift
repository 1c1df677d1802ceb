// A drop as one scan found it, before anything of its content was read.

package import Files

/// Something that lies directly in a party's drop folder.
package struct FoundDrop: Sendable {
    package let party: String
    package let kind: String
    package let name: FileName
    /// A regular file, a folder, or something that is never read.
    package let node: FileStatus.Kind
    /// Whether `<name>.sha256` lies beside it.
    package let hasChecksum: Bool
    /// Whether it is a folder with a `bagit.txt`.
    package let isBag: Bool
    /// Changes when the drop changes.
    package let contentSignature: Signature
    /// Changes when the drop or its attestation changes.
    package let signature: Signature
    package let byteCount: Int64
    /// Whether only the attestation is there yet.
    package let isAbsent: Bool

    package var key: DropKey { DropKey(party: party, kind: kind, name: name) }
    package var isFolder: Bool { node == .directory }
}

/// What names a drop while it waits.
package struct DropKey: Hashable, Sendable {
    package let party: String
    package let kind: String
    package let name: FileName

    package init(party: String, kind: String, name: FileName) {
        self.party = party
        self.kind = kind
        self.name = name
    }
}
