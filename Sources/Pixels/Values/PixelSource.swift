// PixelSource owns where an instance lies: in a file of its own, or at an offset of a tar pack.

/// An instance's bytes.
package struct PixelSource: Codable, Hashable, Sendable {
    package let path: String
    /// Where the DICOM file starts.
    package let offset: UInt64
    /// Its length; nil to the end of the file.
    package let byteCount: UInt64?

    package init(path: String, offset: UInt64 = 0, byteCount: UInt64? = nil) {
        self.path = path
        self.offset = offset
        self.byteCount = byteCount
    }
}
