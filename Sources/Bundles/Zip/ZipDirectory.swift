// A zip's central directory, read beside libarchive.
//
// libarchive drops entries that share an offset, cuts names at a NUL and takes the first end record that
// fits. This looks at the directory itself, so that a zip has one reading or none. It keeps 40 bytes for
// each entry; names are read again when they are wanted.

struct ZipDirectory {
    /// The entries by the offset of their local headers, which is the order in which libarchive brings them.
    let records: [ZipRecord]
    let end: ZipEnd
    let descriptor: Int32

    /// Reads the whole directory.
    ///
    /// - Throws: `.truncated` without an end record; `.damagedArchive` when the directory contradicts itself
    ///   or entries share their bytes; `.limit` for entries.
    init(descriptor: Int32, fileByteCount: Int64, meter: Meter) throws(BundleError) {
        end = try ZipEnd(descriptor: descriptor, fileByteCount: fileByteCount)
        self.descriptor = descriptor
        records = try Self.sorted(Self.read(descriptor, end: end, meter: meter), end: end)
    }

    private static func read(
        _ descriptor: Int32, end: ZipEnd, meter: Meter
    ) throws(BundleError) -> [ZipRecord] {
        var window = FileWindow(descriptor: descriptor)
        var records: [ZipRecord] = []
        var offset = end.directoryOffset
        while offset < end.directoryEnd {
            let (record, byteCount) = try ZipRecord.read(&window, at: offset, shift: end.shift)
            offset += byteCount
            records.append(record)
            try meter.expect(entryCount: records.count)
        }
        guard offset == end.directoryEnd else {
            throw .damagedArchive(text: "the zip's directory is not as long as its end record says", offset: offset)
        }
        try check(count: records.count, end: end)
        return records
    }

    private static func check(count: Int, end: ZipEnd) throws(BundleError) {
        let isRight = UInt64(count) == end.entryCount || (!end.isZip64 && UInt64(count & 0xFFFF) == end.entryCount)
        guard isRight else {
            let text = "the zip's end record counts \(end.entryCount) entries, its directory has \(count)"
            throw .damagedArchive(text: text, offset: end.offset)
        }
    }

    private static func sorted(_ records: [ZipRecord], end: ZipEnd) throws(BundleError) -> [ZipRecord] {
        let sorted = records.sorted { $0.localOffset < $1.localOffset }
        for (one, other) in zip(sorted, sorted.dropFirst()) where one.localOffset == other.localOffset {
            let count = sorted.count { $0.localOffset == one.localOffset }
            throw .damagedArchive(text: "\(count) entries share the same bytes", offset: one.localOffset)
        }
        if let first = sorted.first, first.localOffset < 0 {
            throw .damagedArchive(text: "an entry lies before the zip's start", offset: 0)
        }
        return sorted
    }

    /// Where an entry's bytes must be over: the next entry's start, or the directory's.
    func limit(of index: Int) -> Int64 {
        index + 1 < records.count ? records[index + 1].localOffset : end.directoryOffset
    }
}
