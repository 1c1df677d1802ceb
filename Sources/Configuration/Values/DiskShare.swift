// A part of a disk, given either as a percentage of it or in bytes.
//
// Owns the choice between `5%` and `100GB`. Never asks the disk how large it is.

/// How much of a disk.
package enum DiskShare: Sendable, Equatable {
    case percentage(Percentage)
    case bytes(Int64)

    /// Bytes of a disk of that size.
    package func byteCount(ofDisk totalByteCount: Int64) -> Int64 {
        switch self {
        case .percentage(let percentage): percentage.of(totalByteCount)
        case .bytes(let byteCount): byteCount
        }
    }
}
