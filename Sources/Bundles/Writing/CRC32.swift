// The check value that a zip has of each file.
//
// Pure.

internal import CZlib

/// CRC-32 of bytes that come in pieces.
package struct CRC32: Sendable {
    /// Of what came so far.
    package private(set) var value: UInt32 = 0

    package init() {}

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
        value = UInt32(truncatingIfNeeded: crc32_z(UInt(value), start, bytes.count))
    }
}
