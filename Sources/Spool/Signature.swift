// A number that changes when anything does by which a drop could be told from an earlier state of itself: kinds,
// inodes, sizes and change times of all its files.
//
// The kernel sets a change time (ctime); no sender can set it back, as it can the modification time.

package import Files

package struct Signature: Hashable, Sendable {
    package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    package init() {}

    package mutating func add(_ number: UInt64) {
        value = (value ^ number) &* 0x100_0000_01B3
        value ^= value >> 29
    }

    package mutating func add(_ status: FileStatus) {
        add(status.device)
        add(status.inode)
        add(UInt64(bitPattern: status.byteCount))
        add(UInt64(bitPattern: status.changed))
    }

    package mutating func add(_ path: RelativePath) {
        for byte in path.bytes { add(UInt64(byte)) }
        add(0x100)
    }

    /// For the database, which has signed numbers only.
    package var signed: Int64 { Int64(bitPattern: value) }
}
