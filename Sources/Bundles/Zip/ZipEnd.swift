// A zip's end record: the one whose comment ends with the file.
//
// Two that fit, or any mark of one behind the one that fits, make the zip ambiguous: refused. Whatever is wrong here may
// also be a zip that is cut off behind a zip inside it, whose end record then seems to be its own.

struct ZipEnd {
    /// APPNOTE.TXT 4.3.16, 4.3.15 and 4.3.14: bytes of the end record, the zip64 locator and record.
    private static let byteCount = 22
    private static let locatorByteCount = 20
    private static let zip64ByteCount = 56
    private static let mark: [UInt8] = [0x50, 0x4B, 5, 6]
    private static let locatorMark: UInt32 = 0x0706_4B50
    private static let zip64Mark: UInt32 = 0x0606_4B50

    /// The end record's offset.
    let offset: Int64
    let entryCount: UInt64
    let directoryOffset: Int64
    let directoryEnd: Int64
    /// Bytes before the zip's first, which its own offsets do not count.
    let shift: Int64
    let isZip64: Bool

    init(descriptor: Int32, fileByteCount: Int64) throws(BundleError) {
        let tailByteCount = min(fileByteCount, Int64(Self.byteCount + Int(UInt16.max)))
        let tailStart = fileByteCount - tailByteCount
        let tail = try PositionedRead.bytes(descriptor, count: Int(tailByteCount), at: tailStart)
        let index = try Self.find(in: tail, fileByteCount: fileByteCount)
        let record = Array(tail[index..<(index + Self.byteCount)])
        offset = tailStart + Int64(index)
        let zip64 = try Self.zip64(descriptor, endOffset: offset)
        guard zip64 != nil || LittleEndian.uint32(record, at: 4) == 0 else {
            throw .noEnd(text: "a part of a zip that is split into several files", offset: offset)
        }
        isZip64 = zip64 != nil
        entryCount = zip64?.entryCount ?? UInt64(LittleEndian.uint16(record, at: 10))
        directoryEnd = zip64?.offset ?? offset
        let size = zip64?.size ?? UInt64(LittleEndian.uint32(record, at: 12))
        let declared = zip64?.start ?? UInt64(LittleEndian.uint32(record, at: 16))
        directoryOffset = directoryEnd - Int64(clamping: size)
        shift = directoryOffset - Int64(clamping: declared)
        guard directoryOffset >= 0, shift >= 0 else {
            let text = "the zip's directory (\(size) bytes at \(declared)) is not before its end record"
            throw .noEnd(text: text, offset: offset)
        }
        try Self.checkFront(descriptor, shift: shift)
    }

    /// The place of the one end record that fits.
    private static func find(in tail: [UInt8], fileByteCount: Int64) throws(BundleError) -> Int {
        var marks: [Int] = []
        var index = tail.count - byteCount
        while index >= 0 {
            if tail[index] == mark[0], tail[index..<(index + 4)].elementsEqual(mark) { marks.append(index) }
            index -= 1
        }
        let fitting = marks.filter {
            $0 + byteCount + Int(LittleEndian.uint16(tail, at: $0 + 20)) == tail.count
        }
        guard let place = fitting.first else {
            if marks.isEmpty {
                throw .truncated(text: "the zip has no end record", offset: fileByteCount)
            }
            throw .noEnd(text: "the zip does not end where its end record says", offset: fileByteCount)
        }
        guard fitting.count == 1, marks.first == place else {
            throw .noEnd(text: "the zip can be read in two ways: it has several end records", offset: 0)
        }
        return place
    }

    private struct Zip64 {
        let offset: Int64
        let entryCount: UInt64
        let size: UInt64
        let start: UInt64
    }

    private static func zip64(_ descriptor: Int32, endOffset: Int64) throws(BundleError) -> Zip64? {
        let locatorOffset = endOffset - Int64(locatorByteCount)
        guard locatorOffset >= 0 else { return nil }
        let locator = try PositionedRead.bytes(descriptor, count: locatorByteCount, at: locatorOffset)
        guard locator.count == locatorByteCount, LittleEndian.uint32(locator, at: 0) == locatorMark else { return nil }
        let offset = Int64(clamping: LittleEndian.uint64(locator, at: 8))
        let record = try PositionedRead.bytes(descriptor, count: zip64ByteCount, at: min(offset, locatorOffset))
        guard record.count == zip64ByteCount, LittleEndian.uint32(record, at: 0) == zip64Mark else {
            throw .noEnd(text: "the zip64 end record is not where its locator says", offset: locatorOffset)
        }
        return Zip64(
            offset: offset, entryCount: LittleEndian.uint64(record, at: 32),
            size: LittleEndian.uint64(record, at: 40), start: LittleEndian.uint64(record, at: 48))
    }

    /// Two zips one behind the other: the first one's entries would be lost without a word.
    private static func checkFront(_ descriptor: Int32, shift: Int64) throws(BundleError) {
        guard shift >= 4 else { return }
        let front = try PositionedRead.bytes(descriptor, count: 4, at: 0)
        if front == [0x50, 0x4B, 3, 4] {
            throw .noEnd(text: "two zips in one file: send each by itself", offset: shift)
        }
    }
}
