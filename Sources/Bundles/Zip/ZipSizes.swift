// An entry's sizes and offset, of 32 or 64 bits.

struct ZipSizes {
    private static let saturated = UInt64(UInt32.max)
    /// APPNOTE.TXT 4.5.3: the zip64 extended information field.
    private static let zip64Field: UInt16 = 1

    var byteCount: UInt64
    var packedByteCount: UInt64
    var localOffset: UInt64

    var needZip64: Bool {
        byteCount == Self.saturated || packedByteCount == Self.saturated || localOffset == Self.saturated
    }

    /// Takes 64-bit values from the extra fields, in their fixed order, only those whose place is full.
    mutating func replace(from extra: [UInt8]) {
        var offset = 0
        while offset + 4 <= extra.count {
            let length = Int(LittleEndian.uint16(extra, at: offset + 2))
            let end = min(extra.count, offset + 4 + length)
            if LittleEndian.uint16(extra, at: offset) == Self.zip64Field {
                take(Array(extra[(offset + 4)..<end]))
                return
            }
            offset += 4 + length
        }
    }

    private mutating func take(_ field: [UInt8]) {
        var offset = 0
        func next() -> UInt64? {
            guard offset + 8 <= field.count else { return nil }
            defer { offset += 8 }
            return LittleEndian.uint64(field, at: offset)
        }
        if byteCount == Self.saturated, let value = next() { byteCount = value }
        if packedByteCount == Self.saturated, let value = next() { packedByteCount = value }
        if localOffset == Self.saturated, let value = next() { localOffset = value }
    }
}
