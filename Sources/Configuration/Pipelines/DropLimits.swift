// What one drop may cost.
//
// Owns the `limits` block of a pipeline. Invariant: every limit is finite and above 0, except that a depth of 0 forbids
// archives in archives.

/// The limits of a drop.
package struct DropLimits: Sendable, Equatable {
    /// Bytes, unpacked.
    package let byteCount: Int64
    /// Files and folders in it.
    package let entries: Int
    /// Unpacked bytes for each packed one.
    package let ratio: Int
    /// Archives within the archive.
    package let depth: Int
    /// Bytes of a path in it.
    package let pathLength: Int

    /// What holds where nothing is said.
    package static let usual = DropLimits(
        byteCount: 100_000_000_000, entries: 500_000, ratio: 200, depth: 1, pathLength: 4096)

    static func decode(_ field: Field) -> DropLimits? {
        KeyedReader.block(field) { reader in
            DropLimits(
                byteCount: reader.value("bytes", Decode.byteSize, default: usual.byteCount),
                entries: reader.value("entries", Decode.integer(in: 1...100_000_000), default: usual.entries),
                ratio: reader.value("ratio", Decode.integer(in: 1...1_000_000), default: usual.ratio),
                depth: reader.value("depth", Decode.integer(in: 0...8), default: usual.depth),
                pathLength: reader.value("pathLength", Decode.integer(in: 1...65_536), default: usual.pathLength))
        }
    }
}
