// How much memory an .xz stream asks for.
//
// liblzma takes what the stream asks, up to 4 GiB. `xz -9` asks for 64 MiB.
// Source: the .xz file format, sections 2.1.1 and 3.1.

enum XZHeader {
    /// The largest dictionary that is read, in bytes.
    static let dictionaryLimit: UInt64 = 128 << 20

    private static let streamHeaderByteCount = 12
    private static let lzma2: UInt64 = 0x21

    /// The dictionary of the stream's first block, in bytes; nil when the header is cut off or has other filters.
    static func dictionaryByteCount(_ prefix: UnsafeRawBufferPointer) -> UInt64? {
        var bytes = Array(prefix.dropFirst(streamHeaderByteCount).prefix(1024))[...]
        guard let size = bytes.popFirst(), size != 0, let flags = bytes.popFirst() else { return nil }
        if flags & 0x40 != 0, number(&bytes) == nil { return nil }
        if flags & 0x80 != 0, number(&bytes) == nil { return nil }
        for _ in 0...(flags & 3) {
            guard let filter = number(&bytes), let length = number(&bytes), length <= bytes.count else { return nil }
            if filter == lzma2 { return bytes.first.flatMap(dictionary) }
            bytes.removeFirst(Int(length))
        }
        return nil
    }

    /// Section 5.3.1: two bits of mantissa and an exponent.
    private static func dictionary(_ bits: UInt8) -> UInt64? {
        if bits > 40 { return nil }
        if bits == 40 { return UInt64(UInt32.max) }
        return UInt64(2 | (bits & 1)) << (UInt64(bits) / 2 + 11)
    }

    /// Section 1.2: seven bits a byte, the lowest first.
    private static func number(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }
}
