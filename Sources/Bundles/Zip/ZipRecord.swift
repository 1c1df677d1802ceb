// One record of a zip's central directory.

struct ZipRecord {
    /// APPNOTE.TXT 4.3.12: bytes before the name.
    static let fixedByteCount = 46
    private static let mark: UInt32 = 0x0201_4B50

    let localOffset: Int64
    let packedByteCount: Int64
    let byteCount: Int64
    let directoryOffset: Int64
    let nameByteCount: UInt16
    let flags: UInt16
    let method: UInt16
    /// The Unix mode; 0 when the zip was made elsewhere.
    let mode: UInt16

    /// APPNOTE.TXT 4.4.2: the host in the upper byte of 'version made by'.
    private static let unixHost: UInt16 = 3

    /// Pipes and sockets, which libarchive takes for files.
    var specialType: EntryRefusal? {
        switch mode & 0o170_000 {
        case 0o010_000: .fifo
        case 0o140_000: .socket
        default: nil
        }
    }

    var isEncrypted: Bool { flags & 1 != 0 }

    /// Reads the record at an offset.
    ///
    /// - Parameter shift: What stands before the zip's first byte, by which its offsets are too small.
    /// - Returns: The record, and its length in bytes.
    static func read(
        _ window: inout FileWindow, at offset: Int64, shift: Int64
    ) throws(BundleError) -> (ZipRecord, byteCount: Int64) {
        let head = try window.bytes(at: offset, count: fixedByteCount)
        guard LittleEndian.uint32(head, at: 0) == mark else {
            throw .damagedArchive(text: "no directory record where one must be", offset: offset)
        }
        let nameByteCount = LittleEndian.uint16(head, at: 28)
        let extraByteCount = Int(LittleEndian.uint16(head, at: 30))
        let total = fixedByteCount + Int(nameByteCount) + extraByteCount + Int(LittleEndian.uint16(head, at: 32))
        var sizes = ZipSizes(
            byteCount: UInt64(LittleEndian.uint32(head, at: 24)),
            packedByteCount: UInt64(LittleEndian.uint32(head, at: 20)),
            localOffset: UInt64(LittleEndian.uint32(head, at: 42)))
        if sizes.needZip64 {
            let extra = try window.bytes(
                at: offset + Int64(fixedByteCount) + Int64(nameByteCount), count: extraByteCount)
            sizes.replace(from: extra)
        }
        let (start, isOver) = Int64(clamping: sizes.localOffset).addingReportingOverflow(shift)
        guard !isOver else { throw .damagedArchive(text: "an entry's offset is out of range", offset: offset) }
        let record = ZipRecord(
            localOffset: start, packedByteCount: Int64(clamping: sizes.packedByteCount),
            byteCount: Int64(clamping: sizes.byteCount), directoryOffset: offset, nameByteCount: nameByteCount,
            flags: LittleEndian.uint16(head, at: 8), method: LittleEndian.uint16(head, at: 10),
            mode: LittleEndian.uint16(head, at: 4) >> 8 == unixHost ? LittleEndian.uint16(head, at: 40) : 0)
        return (record, Int64(total))
    }
}
