// A zip of stored files, with 64-bit sizes and offsets where the 32-bit ones do not do.
//
// Pure.

/// Encodes a zip.
///
/// - Source: APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3.
package struct ZipEncoder: BundleEncoder {
    private struct Entry {
        let name: [UInt8]
        let byteCount: Int64
        let crc32: UInt32
        let offset: Int64
    }

    private var entries: [Entry] = []
    private var offset: Int64 = 0

    /// The largest value of a field of 32 bits, which says that the value stands elsewhere.
    private static let elsewhere: Int64 = 0xFFFF_FFFF
    private static let usualVersion: UInt16 = 20
    private static let zip64Version: UInt16 = 45
    /// 'Version made by' a Unix host.
    private static let unixHost: UInt16 = 3 << 8
    /// Names are UTF-8.
    private static let flags: UInt16 = 0x0800
    /// 1 January 1980, the first day that a zip knows.
    private static let date: UInt16 = 0x0021
    /// A file that everybody may read, in the upper half.
    private static let mode: UInt32 = 0o100_644 << 16

    package init() {}

    package mutating func begin(_ name: String, byteCount: Int64, crc32: UInt32) -> [UInt8] {
        let entry = Entry(name: Array(name.utf8), byteCount: byteCount, crc32: crc32, offset: offset)
        entries.append(entry)
        let isLarge = byteCount >= Self.elsewhere
        var bytes = Fields()
        bytes.put32(0x0403_4B50)
        bytes.put16(isLarge ? Self.zip64Version : Self.usualVersion)
        Self.put(entry, into: &bytes)
        bytes.put16(UInt16(entry.name.count))
        bytes.put16(isLarge ? 20 : 0)
        bytes.all += entry.name
        if isLarge {
            bytes.put16(1)
            bytes.put16(16)
            bytes.put64(byteCount)
            bytes.put64(byteCount)
        }
        offset += Int64(bytes.all.count) + byteCount
        return bytes.all
    }

    package mutating func end() -> [UInt8] { [] }

    package mutating func finish() -> [UInt8] {
        var bytes = Fields()
        for entry in entries { Self.putRecord(entry, into: &bytes) }
        let size = Int64(bytes.all.count)
        let isLarge = offset >= Self.elsewhere || size >= Self.elsewhere || entries.count >= 0xFFFF
        if isLarge { putLargeEnd(directoryByteCount: size, into: &bytes) }
        bytes.put32(0x0605_4B50)
        bytes.put32(0)
        let count = UInt16(clamping: entries.count)
        bytes.put16(count)
        bytes.put16(count)
        bytes.put32(UInt32(clamping: size))
        bytes.put32(UInt32(clamping: offset))
        bytes.put16(0)
        return bytes.all
    }

    /// The fields that a file's own header and its record in the directory have alike.
    private static func put(_ entry: Entry, into bytes: inout Fields) {
        bytes.put16(flags)
        bytes.put16(0)
        bytes.put16(0)
        bytes.put16(date)
        bytes.put32(entry.crc32)
        bytes.put32(UInt32(clamping: entry.byteCount))
        bytes.put32(UInt32(clamping: entry.byteCount))
    }

    private static func putRecord(_ entry: Entry, into bytes: inout Fields) {
        let isLarge = entry.byteCount >= elsewhere
        var extra = Fields()
        if isLarge {
            extra.put64(entry.byteCount)
            extra.put64(entry.byteCount)
        }
        if entry.offset >= elsewhere { extra.put64(entry.offset) }
        bytes.put32(0x0201_4B50)
        let version = extra.all.isEmpty ? usualVersion : zip64Version
        bytes.put16(unixHost | version)
        bytes.put16(version)
        put(entry, into: &bytes)
        bytes.put16(UInt16(entry.name.count))
        bytes.put16(extra.all.isEmpty ? 0 : UInt16(extra.all.count + 4))
        bytes.put16(0)
        bytes.put16(0)
        bytes.put16(0)
        bytes.put32(mode)
        bytes.put32(UInt32(clamping: entry.offset))
        bytes.all += entry.name
        guard !extra.all.isEmpty else { return }
        bytes.put16(1)
        bytes.put16(UInt16(extra.all.count))
        bytes.all += extra.all
    }

    private func putLargeEnd(directoryByteCount size: Int64, into bytes: inout Fields) {
        let place = offset + size
        bytes.put32(0x0606_4B50)
        bytes.put64(44)
        bytes.put16(Self.unixHost | Self.zip64Version)
        bytes.put16(Self.zip64Version)
        bytes.put32(0)
        bytes.put32(0)
        bytes.put64(Int64(entries.count))
        bytes.put64(Int64(entries.count))
        bytes.put64(size)
        bytes.put64(offset)
        bytes.put32(0x0706_4B50)
        bytes.put32(0)
        bytes.put64(place)
        bytes.put32(1)
    }

    /// Numbers with their lowest byte first.
    private struct Fields {
        var all: [UInt8] = []

        mutating func put16(_ value: UInt16) { put(UInt64(value), 2) }
        mutating func put32(_ value: UInt32) { put(UInt64(value), 4) }
        mutating func put64(_ value: Int64) { put(UInt64(bitPattern: value), 8) }

        private mutating func put(_ value: UInt64, _ count: Int) {
            for index in 0..<count { all.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
        }
    }
}
