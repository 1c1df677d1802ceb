// How much a bundle may cost.
//
// The numbers come from the configuration; none is chosen here. Every one counts real bytes and real
// entries, over all levels of nesting together, never what a header declares.

/// The limits of one bundle.
package struct BundleLimits: Sendable, Equatable {
    /// Bytes unpacked in all.
    package let bytes: Int64
    /// Entries in all, those of archives inside included.
    package let entries: Int
    /// Unpacked bytes for each packed byte; looked at once more than `ratioFloor` bytes came out.
    package let ratio: Int
    /// Levels of archives inside the archive; 0 reads none.
    package let depth: Int
    /// Bytes of one entry's path.
    package let pathLength: Int

    /// Bytes that may come out before the ratio is looked at.
    package static let ratioFloor: Int64 = 16 << 20
    /// Components of one entry's path.
    package static let pathComponents = 256

    package init(bytes: Int64, entries: Int, ratio: Int, depth: Int, pathLength: Int) {
        self.bytes = bytes
        self.entries = entries
        self.ratio = ratio
        self.depth = depth
        self.pathLength = pathLength
    }

    /// Which limit; `memory` is one of this module and not configured.
    package enum Kind: String, Sendable {
        case bytes, entries, ratio, memory
    }
}
