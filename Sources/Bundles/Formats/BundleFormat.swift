// The archive formats, told by content.
//
// A name only decides where content cannot: an archive that is nothing but zeros. A DICOM file is
// never an archive, whatever its preamble looks like.

/// A format of archives.
package enum BundleFormat: String, Sendable, CustomStringConvertible {
    case tar, zip, sevenZip = "7z", iso9660

    package var description: String { rawValue }

    /// Whether the format's directory is not at its front, so that a stream does not do.
    package var needsSeeking: Bool { self != .tar }

    /// How many bytes of a file's start `detect` makes use of.
    package static let prefixByteCount = 64 << 10

    /// The same, of bytes in an array.
    static func detect(prefix: [UInt8], fileName: String) -> BundleForm? {
        prefix.withUnsafeBytes { detect(prefix: $0, fileName: fileName) }
    }

    /// Tells format and compression from a file's first bytes.
    ///
    /// - Parameters:
    ///   - prefix: The first 64 KiB, or all of a shorter file.
    ///   - fileName: The file's name; its ending matters for an archive of zeros only.
    /// - Returns: nil when it is not an archive.
    package static func detect(prefix: UnsafeRawBufferPointer, fileName: String) -> BundleForm? {
        let signature = Signature(bytes: prefix)
        if signature.isDICOM { return nil }
        if signature.isZip { return BundleForm(format: .zip, filter: .none) }
        if signature.isSevenZip { return BundleForm(format: .sevenZip, filter: .none) }
        if let filter = signature.filter { return BundleForm(format: .tar, filter: filter) }
        if signature.isISO { return BundleForm(format: .iso9660, filter: .none) }
        if signature.isTarHeader { return BundleForm(format: .tar, filter: .none) }
        if signature.isZeros, fileName.lowercased().hasSuffix(".tar") {
            return BundleForm(format: .tar, filter: .none)
        }
        return nil
    }
}
