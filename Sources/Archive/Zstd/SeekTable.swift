// Where the frames of a compressed pack begin: the table at its end, as text of bytes and back.
//
// Pure. A compressed pack is: frames of 2 MiB of tar each, the last one shorter; a skippable frame with the SHA-256 of
// all bytes before it; the seek table, a skippable frame too. Every zstd program reads it as one `.tar.zst`.
// Invariant: a table that is accepted covers the file to the byte, and is the only one that its frames can have.

internal import Files

/// The frames of a compressed pack, in order.
struct SeekTable: Equatable, Sendable {
    /// One frame's size in the file and in the tar.
    struct Entry: Equatable, Sendable {
        let stored: UInt32
        let plain: UInt32
    }

    /// Those that hold the tar.
    private(set) var frames: [Entry] = []
    /// Where each begins in the file, and in the tar; one more for the end.
    private(set) var storedStarts: [Int64] = [0]
    private(set) var plainStarts: [Int64] = [0]

    /// Bytes of tar in a frame as this version writes them, and in any that it reads.
    static let frameByteCount = 2 << 20
    static let frameLimit = 64 << 20

    /// A frame that zstd passes over, and the one of them that tables are in.
    ///
    /// - Source: RFC 8878 section 3.1.2; the table: zstd's seekable format 0.1.0.
    static let digestMagic: UInt32 = 0x184D_2A50
    static let tableMagic: UInt32 = 0x184D_2A5E
    static let endMagic: UInt32 = 0x8F92_EAB1
    static let headerByteCount = 8
    static let footerByteCount = 9
    static let digestFrameByteCount = headerByteCount + SHA256Digest.byteCount

    mutating func append(stored: Int, plain: Int) {
        frames.append(Entry(stored: UInt32(stored), plain: UInt32(plain)))
        storedStarts.append(storedEnd + Int64(stored))
        plainStarts.append(plainByteCount + Int64(plain))
    }

    /// Of the tar.
    var plainByteCount: Int64 { plainStarts[plainStarts.count - 1] }
    /// Where the frames of the tar end in the file.
    var storedEnd: Int64 { storedStarts[storedStarts.count - 1] }
    /// Of the whole file.
    var fileByteCount: Int64 {
        storedEnd + Int64(Self.digestFrameByteCount + Self.byteCount(entries: frames.count + 1))
    }

    static func byteCount(entries: Int) -> Int { headerByteCount + 8 * entries + footerByteCount }

    /// The frame that holds a byte of the tar; nil beyond its end.
    func frame(at offset: Int64) -> Int? {
        guard offset >= 0, offset < plainByteCount else { return nil }
        var (low, high) = (0, frames.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if plainStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The frame with the digest of what is before it.
    static func digestFrame(_ digest: SHA256Digest) -> [UInt8] {
        littleEndian(digestMagic) + littleEndian(UInt32(SHA256Digest.byteCount)) + digest.bytes
    }

    /// The table as it stands in the file.
    var bytes: [UInt8] {
        let entries = frames + [Entry(stored: UInt32(Self.digestFrameByteCount), plain: 0)]
        let content = Self.byteCount(entries: entries.count) - Self.headerByteCount
        return Self.littleEndian(Self.tableMagic) + Self.littleEndian(UInt32(content))
            + entries.flatMap { Self.littleEndian($0.stored) + Self.littleEndian($0.plain) }
            + Self.littleEndian(UInt32(entries.count)) + [0] + Self.littleEndian(Self.endMagic)
    }

    /// How many bytes the table takes, by the end of the file; nil when that is no table's.
    static func byteCount(footer: [UInt8], ofFile fileByteCount: Int64) -> Int? {
        guard footer.count == footerByteCount, number(footer, 5) == endMagic, footer[4] == 0 else { return nil }
        let count = byteCount(entries: Int(number(footer, 0)))
        return Int64(count) <= fileByteCount ? count : nil
    }

    /// - Parameter table: All of it.
    /// - Returns: nil when it is not exactly what this type writes, or does not fit a file of that size.
    init?(_ table: [UInt8], fileByteCount: Int64) {
        let count = (table.count - Self.headerByteCount - Self.footerByteCount) / 8
        guard count > 1, table.count == Self.byteCount(entries: count) else { return nil }
        for index in 0..<count - 1 {
            let place = Self.headerByteCount + 8 * index
            let (stored, plain) = (Int(Self.number(table, place)), Int(Self.number(table, place + 4)))
            guard stored > 0, plain > 0, stored <= 2 * Self.frameLimit, plain <= Self.frameLimit else { return nil }
            append(stored: stored, plain: plain)
        }
        guard bytes == table, self.fileByteCount == fileByteCount else { return nil }
    }

    init() {}

    private static func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << (8 * UInt32($1)) }
    }
}
