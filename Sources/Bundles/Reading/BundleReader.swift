// A bundle's entries, one after the other, those of archives inside it included.
//
// Streams: memory does not grow with the bundle, but for 8 bytes and overhead an entry (names seen) and
// 48 for each of a zip's. Nothing is ever written by an entry's name. Blocks are lent until the next call.
// After an error other than `.damagedEntry` the bundle is done with; what came before it stays good.

/// Reads a bundle.
package final class BundleReader {
    /// One archive that is being read, and what keeps it alive.
    private struct Level {
        let unpacker: Unpacker
        /// The archive's own path; nil at the top.
        let container: String?
        let file: SpooledFile?
    }

    private let limits: BundleLimits
    private let scratchDirectory: String
    private let meter: Meter
    private let source: (any ByteFeed)?
    private var levels: [Level]
    private var names = SeenNames()
    private var front: Lent?
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
        self.scratchDirectory = scratchDirectory
        meter = Meter(limits: limits)
        let opening = Opening(meter: meter, isOutermost: true)
        let unpacker: Unpacker
        switch source {
        case .stream(let pull):
            let feed = StreamFeed(meter: meter, pull: pull)
            form = try Self.form(BundleFormat.detect(prefix: feed.peek(Self.streamPrefixByteCount), fileName: name), name)
            self.source = feed
            unpacker = try opening.open(feed, form: form)
        case .file(let descriptor):
            let prefix = try PositionedRead.bytes(descriptor, count: BundleFormat.prefixByteCount, at: 0)
            form = try Self.form(BundleFormat.detect(prefix: prefix, fileName: name), name)
            self.source = nil
            unpacker = try opening.open(descriptor: descriptor, form: form)
        }
        levels = [Level(unpacker: unpacker, container: nil, file: nil)]
    }

    /// Enough for every mark, ISO 9660's at 32,769 included.
    private static let streamPrefixByteCount = 34 << 10

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
        while let level = levels.last {
            guard let raw = try step(level) else {
                try leave(level)
                continue
            }
            try meter.addEntry()
            if let entry = try accept(raw, level) { return entry }
        }
        return nil
    }

    /// The next bytes of the entry, lent until the next call on this reader; nil at the entry's end, and for
    /// what is no file.
    ///
    /// - Throws: `.damagedEntry` when the entry is bad: what it brought so far is not to be trusted.
    package func readBlock() throws(BundleError) -> UnsafeRawBufferPointer? {
        guard !isPastEntry, let level = levels.last else { return nil }
        if let kept = front, !kept.bytes.isEmpty, !isFrontLent {
            isFrontLent = true
            return kept.bytes
        }
        return try guarded(level) { () throws(BundleError) in try level.unpacker.readBlock() }
    }

    private var isFrontLent = false

    /// Leaves the entry without reading it; `next()` does the same.
    package func skip() {
        isPastEntry = true
    }

    private func step(_ level: Level) throws(BundleError) -> RawEntry? {
        try guarded(level) { () throws(BundleError) in try level.unpacker.next() }
    }

    /// Runs a step of one level. What breaks an archive inside only costs that archive.
    private func guarded<Result>(
        _ level: Level, _ body: () throws(BundleError) -> Result
    ) throws(BundleError) -> Result {
        do throws(BundleError) {
            return try body()
        } catch {
            guard let container = level.container else { throw error }
            switch error {
            case .damagedEntry(let path, let text):
                throw .damagedEntry(path: container + "/" + path, text: text)
            case .truncated, .damagedArchive, .encrypted, .notAnArchive, .needsFile:
                levels.removeLast()
                isPastEntry = true
                throw .damagedEntry(path: container, text: error.description)
            case .limit, .source, .system: throw error
            }
        }
    }

    /// Leaves a level at its end; at the top, reads the stream to its end.
    private func leave(_ level: Level) throws(BundleError) {
        levels.removeLast()
        if let container = level.container {
            if case .notEnded(let text) = level.unpacker.end { throw .damagedEntry(path: container, text: text) }
            return
        }
        properEnd = level.unpacker.end
        while let source, try source.nextChunk() != nil {}
    }

    /// What a raw entry is to the caller; nil when it is an archive that has been opened instead.
    private func accept(_ raw: RawEntry, _ level: Level) throws(BundleError) -> BundleEntry? {
        let label = NameText.text(of: raw.nameBytes, isZip: level.unpacker.isZip)
        let path = level.container.map { $0 + "/" + label } ?? label
        var kind = raw.kind
        if let refusal = EntryName.refusal(of: raw.nameBytes, limits: limits) { kind = .refused(refusal) }
        if kind == .file {
            try meter.expect(byteCount: raw.declaredByteCount ?? 0, path: path)
            isPastEntry = false
            if NestedArchive.mayBe(raw.nameBytes) {
                switch try lookInside(path, level) {
                case .file: break
                case .opened: return nil
                case .refused(let refusal): kind = .refused(refusal)
                }
            }
        }
        let isRepeated = names.isRepeated(raw.nameBytes, container: level.container)
        return BundleEntry(
            path: path, nameBytes: raw.nameBytes, kind: kind, declaredByteCount: raw.declaredByteCount,
            isRepeatedName: isRepeated, container: level.container)
    }

    private enum Inside {
        case file, opened
        case refused(EntryRefusal)
    }

    private func lookInside(_ path: String, _ level: Level) throws(BundleError) -> Inside {
        let prefix = try guarded(level) { () throws(BundleError) in
            try NestedArchive.readPrefix(of: level.unpacker)
        }
        guard let form = BundleFormat.detect(prefix: prefix, fileName: path) else {
            front = Lent(prefix)
            isFrontLent = false
            return .file
        }
        guard levels.count <= limits.depth else {
            isPastEntry = true
            return .refused(.nestedTooDeep(limit: limits.depth))
        }
        let nested = NestedArchive(form: form, prefix: prefix)
        try enter(nested, path, level)
        return .opened
    }

    private func enter(_ nested: NestedArchive, _ path: String, _ level: Level) throws(BundleError) {
        do throws(BundleError) {
            let (unpacker, file) = try nested.open(
                from: level.unpacker, meter: meter, scratchDirectory: scratchDirectory)
            levels.append(Level(unpacker: unpacker, container: path, file: file))
        } catch {
            switch error {
            case .truncated, .damagedArchive, .encrypted, .notAnArchive, .needsFile:
                throw .damagedEntry(path: path, text: error.description)
            case .damagedEntry, .limit, .source, .system: throw error
            }
        }
    }
}
