// A bundle's entries, one after the other, those of archives inside it included.
//
// Streams: memory does not grow with the bundle, but for 8 bytes and overhead an entry (names seen) and
// 48 for each of a zip's. Nothing is ever written by an entry's name. Blocks are lent until the next call.
// After an error other than `.damagedEntry` the bundle is done with; what came before it stays good.

/// Reads a bundle.
package final class BundleReader {
    /// Enough for every mark, ISO 9660's at 32,769 included.
    private static let streamPrefixByteCount = 34 << 10

    private let limits: BundleLimits
    private let meter: Meter
    private let source: (any ByteFeed)?
    private var levels: LevelStack
    private var names = SeenNames()
    /// The first bytes of the entry, where they had to be looked at.
    private var front: Lent?
    private var isFrontLent = false
    private var isPastEntry = true

    /// The bundle's format and compression.
    package let form: BundleForm
    /// Whether the archive ended as its format demands; `.unknown` until `next()` returned nil.
    package private(set) var properEnd = ProperEnd.unknown

    /// Opens a bundle; a zip's directory is read here.
    ///
    /// - Parameters:
    ///   - name: The file's name, for messages.
    ///   - scratchDirectory: Where archives inside the archive may be put, in files without names.
    /// - Throws: `.notAnArchive`; `.needsFile` for a zip, 7z or ISO in a stream; what the first bytes bring.
    package init(
        source: BundleSource, name: String, limits: BundleLimits, scratchDirectory: String
    ) throws(BundleError) {
        self.limits = limits
        meter = Meter(limits: limits)
        let opening = Opening(meter: meter, isOutermost: true)
        let unpacker: Unpacker
        switch source {
        case .stream(let pull):
            let feed = StreamFeed(meter: meter, pull: pull)
            let prefix = try feed.peek(Self.streamPrefixByteCount)
            form = try Self.form(BundleFormat.detect(prefix: prefix, fileName: name), name)
            self.source = feed
            unpacker = try opening.open(feed, form: form)
        case .file(let descriptor):
            let prefix = try PositionedRead.bytes(descriptor, count: BundleFormat.prefixByteCount, at: 0)
            form = try Self.form(BundleFormat.detect(prefix: prefix, fileName: name), name)
            self.source = nil
            unpacker = try opening.open(descriptor: descriptor, form: form)
        }
        levels = LevelStack(top: unpacker, meter: meter, scratchDirectory: scratchDirectory)
    }

    private static func form(_ form: BundleForm?, _ name: String) throws(BundleError) -> BundleForm {
        guard let form else { throw .notAnArchive(name: name) }
        return form
    }

    /// The next entry; nil at the bundle's end, when a stream has been read to its last byte.
    ///
    /// - Throws: `.damagedEntry` for an archive inside that cannot be read on; the next call goes on behind it.
    package func next() throws(BundleError) -> BundleEntry? {
        front = nil
        isPastEntry = true
        while let (raw, level) = try levels.next() {
            try meter.addEntry()
            if let entry = try accept(raw, level) { return entry }
        }
        properEnd = levels.end
        while let source, try source.nextChunk() != nil {}
        return nil
    }

    /// The next bytes of the entry, lent until the next call on this reader; nil at the entry's end, and for
    /// what is no file.
    ///
    /// - Throws: `.damagedEntry` when the entry is bad: what it brought so far is not to be trusted.
    package func readBlock() throws(BundleError) -> UnsafeRawBufferPointer? {
        guard !isPastEntry else { return nil }
        if let front, !isFrontLent, !front.bytes.isEmpty {
            isFrontLent = true
            return front.bytes
        }
        do throws(BundleError) {
            return try levels.readBlock()
        } catch {
            isPastEntry = true
            throw error
        }
    }

    /// Leaves the entry without reading it; `next()` does the same.
    package func skip() {
        isPastEntry = true
    }

    /// What a raw entry is to the caller; nil when it is an archive that has been opened instead.
    private func accept(_ raw: RawEntry, _ level: Level) throws(BundleError) -> BundleEntry? {
        let label = NameText.text(of: raw.nameBytes, isZip: level.unpacker.isZip)
        let path = level.path(of: label)
        var kind = raw.kind
        if let refusal = EntryName.refusal(of: raw.nameBytes, limits: limits) { kind = .refused(refusal) }
        if kind == .file {
            try meter.expect(byteCount: raw.declaredByteCount ?? 0, path: path)
            isPastEntry = false
            if NestedArchive.mayBe(raw.nameBytes) {
                guard let kindInside = try lookInside(path) else { return nil }
                kind = kindInside
            }
        }
        let isRepeated = names.isRepeated(raw.nameBytes, container: level.container)
        return BundleEntry(
            path: path, nameBytes: raw.nameBytes, kind: kind, declaredByteCount: raw.declaredByteCount,
            isRepeatedName: isRepeated, container: level.container)
    }

    /// Looks whether an entry is what its name says, an archive, and opens it if it may be.
    ///
    /// - Returns: The entry's kind; nil when it has been opened.
    private func lookInside(_ path: String) throws(BundleError) -> BundleEntry.Kind? {
        let prefix = try levels.readPrefix()
        guard let form = BundleFormat.detect(prefix: prefix, fileName: path) else {
            front = Lent(prefix)
            isFrontLent = false
            return .file
        }
        isPastEntry = true
        guard levels.depth < limits.depth else { return .refused(.nestedTooDeep(limit: limits.depth)) }
        try levels.enter(NestedArchive(form: form, prefix: prefix), path: path)
        return nil
    }
}
