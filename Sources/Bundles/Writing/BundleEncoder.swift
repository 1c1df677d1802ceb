// Encodes archives of files that are given out: what stands before, between and after the files' bytes.
//
// Pure. The same names, sizes and contents give the same bytes: times, owners and modes are fixed. Files are stored as
// they are, because images do not get smaller for long. Memory: what a zip's directory takes, some hundred bytes a file.

/// The parts of an archive besides the files' own bytes, in the order in which they are written.
package protocol BundleEncoder {
    /// What stands before a file's bytes.
    ///
    /// - Parameters:
    ///   - name: Relative, with `/`.
    ///   - crc32: Of the file's bytes; only a zip uses it.
    mutating func begin(_ name: String, byteCount: Int64, crc32: UInt32) -> [UInt8]

    /// What stands after them.
    mutating func end() -> [UInt8]

    /// What stands after the last file.
    mutating func finish() -> [UInt8]
}
