// zip: what its directory says of each entry, held against its local header.
//
// Names are the directory's own bytes. An entry whose two headers differ, or whose bytes run into the
// next entry's, is refused.

final class ZipRules: FormatRules {
    /// APPNOTE.TXT 4.3.7: bytes of a local header before the name.
    private static let localByteCount = 30
    private static let localMark: UInt32 = 0x0403_4B50
    /// APPNOTE.TXT 4.4.5: stored, deflate and bzip2. libarchive reads more, but those take as much memory as
    /// an entry asks for: LZMA up to 4 GiB.
    private static let readMethods: Set<UInt16> = [0, 8, 12]
    private static let methodNames: [UInt16: String] = [
        1: "shrink", 6: "implode", 9: "deflate64", 14: "LZMA", 93: "zstd", 95: "xz", 98: "PPMd",
    ]

    private let directory: ZipDirectory

    let isZip = true
    let reopenings = 64

    var isEmpty: Bool { directory.records.isEmpty }

    init(directory: ZipDirectory) {
        self.directory = directory
    }

    func amend(_ entry: inout RawEntry, index: Int) throws(BundleError) {
        guard index < directory.records.count else {
            throw .damagedArchive(text: "more entries than in the zip's directory", offset: directory.end.offset)
        }
        let record = directory.records[index]
        let name = try PositionedRead.bytes(
            directory.descriptor, count: Int(record.nameByteCount),
            at: record.directoryOffset + Int64(ZipRecord.fixedByteCount))
        entry.nameBytes = name
        entry.declaredByteCount = record.byteCount
        if let refusal = try refusal(of: record, name: name, limit: directory.limit(of: index)) {
            entry.kind = .refused(refusal)
        }
    }

    private func refusal(
        of record: ZipRecord, name: [UInt8], limit: Int64
    ) throws(BundleError) -> EntryRefusal? {
        let head = try PositionedRead.bytes(
            directory.descriptor, count: Self.localByteCount + name.count, at: record.localOffset)
        guard head.count == Self.localByteCount + name.count, LittleEndian.uint32(head, at: 0) == Self.localMark else {
            return .damaged("there is no local header where the directory says")
        }
        let nameByteCount = Int(LittleEndian.uint16(head, at: 26))
        guard nameByteCount == name.count, head.dropFirst(Self.localByteCount).elementsEqual(name) else {
            return .damaged("its name differs between the directory and its own header")
        }
        let dataOffset =
            record.localOffset + Int64(Self.localByteCount + nameByteCount) + Int64(LittleEndian.uint16(head, at: 28))
        if record.packedByteCount > limit - dataOffset { return .damaged("its bytes run into what follows it") }
        if let refusal = record.specialType { return refusal }
        if record.isEncrypted || record.method == 99 { return .encrypted }
        guard Self.readMethods.contains(record.method) else {
            return .unsupportedMethod("\(record.method)" + (Self.methodNames[record.method].map { " (\($0))" } ?? ""))
        }
        return nil
    }

    func end(markOffset: Int64, entryCount: Int) throws(BundleError) -> ProperEnd {
        guard entryCount == directory.records.count else {
            let text = "\(entryCount) of the directory's \(directory.records.count) entries were found"
            throw .damagedArchive(text: text, offset: directory.end.offset)
        }
        return .ended
    }
}
