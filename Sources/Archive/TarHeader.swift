// One 512-byte header of a POSIX ustar archive, as packs have them.
//
// Invariant: made from name and size alone, so that the same member has the same header on every run.
// Owner, time and mode are fixed; a size from 8 GiB on is written in base 256, as GNU tar, bsdtar and Python read it.

/// The header of a pack's member.
///
/// - Source: POSIX.1-2017, pax, "ustar Interchange Format".
package enum TarHeader {
    /// Bytes of a header, and the unit that members are padded to.
    package static let blockByteCount = 512
    /// The longest name that the name field takes.
    package static let nameLimit = 100

    /// - Returns: 512 bytes.
    package static func bytes(name: String, byteCount: Int64) -> [UInt8] {
        precondition(name.utf8.count <= nameLimit, "a member's name has at most 100 bytes")
        var block = [UInt8](repeating: 0, count: blockByteCount)
        put(name, in: &block, at: 0)
        put("0000444", in: &block, at: 100)
        put("0000000", in: &block, at: 108)
        put("0000000", in: &block, at: 116)
        putSize(byteCount, in: &block)
        put("00000000000", in: &block, at: 136)
        put("        ", in: &block, at: 148)
        put("0", in: &block, at: 156)
        put("ustar", in: &block, at: 257)
        put("00", in: &block, at: 263)
        let sum = block.reduce(0) { $0 + Int($1) }
        put(octal(Int64(sum), digits: 6), in: &block, at: 148)
        block[154] = 0
        return block
    }

    /// Bytes after a member's content up to the next header.
    package static func padding(after byteCount: Int64) -> Int {
        let rest = Int(byteCount % Int64(blockByteCount))
        return rest == 0 ? 0 : blockByteCount - rest
    }

    private static func put(_ text: String, in block: inout [UInt8], at offset: Int) {
        for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
    }

    private static func putSize(_ byteCount: Int64, in block: inout [UInt8]) {
        if byteCount < 1 << 33 {
            put(octal(byteCount, digits: 11), in: &block, at: 124)
            return
        }
        block[124] = 0x80
        for index in 0..<8 {
            block[128 + index] = UInt8(truncatingIfNeeded: byteCount >> Int64(56 - index * 8))
        }
    }

    private static func octal(_ value: Int64, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
