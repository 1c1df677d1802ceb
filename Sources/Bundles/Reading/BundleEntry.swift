// One entry of a bundle.
//
// A path is a label for people and receipts. It is never used to open or make anything.

/// One entry of a bundle.
package struct BundleEntry: Sendable {
    /// What the entry is.
    package enum Kind: Sendable, Equatable {
        case file
        case directory
        case refused(EntryRefusal)
    }

    /// The path for display: valid UTF-8 without control characters, behind the container's path and a slash.
    package let path: String
    /// The name as the archive has it (a tar's names in pax headers normalised to NFC), without the container's.
    package let nameBytes: [UInt8]
    package let kind: Kind
    /// Bytes as the header has them; nil where it does not say. The truth is what `readBlock()` brings.
    package let declaredByteCount: Int64?
    /// Whether an entry of the same path came before.
    package let isRepeatedName: Bool
    /// The path of the archive inside the archive that holds the entry; nil at the top.
    package let container: String?
}
