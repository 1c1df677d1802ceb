// The archives that are open, the bundle's own at the bottom, the innermost at the top.
//
// What breaks an archive inside costs that archive only: it is closed, said as a damaged entry of the
// archive around it, and reading goes on there. Limits and the source's own errors end everything.

struct LevelStack {
    private let meter: Meter
    private let scratchDirectory: String
    private var levels: [Level]
    /// The verdict on the bundle's own end.
    private(set) var end = ProperEnd.unknown

    /// How many archives are open inside the bundle's own.
    var depth: Int { levels.count - 1 }

    init(top: Unpacker, meter: Meter, scratchDirectory: String) {
        self.meter = meter
        self.scratchDirectory = scratchDirectory
        levels = [Level(unpacker: top, container: nil, file: nil)]
    }

    /// The next entry of the innermost archive that has one; nil when the bundle is at its end.
    mutating func next() throws(BundleError) -> (RawEntry, Level)? {
        while let level = levels.last {
            let raw: RawEntry?
            do throws(BundleError) { raw = try level.unpacker.next() } catch { throw closing(error) }
            if let raw { return (raw, level) }
            try leave(level)
        }
        return nil
    }

    /// The next bytes of the innermost archive's entry; nil at its end.
    mutating func readBlock() throws(BundleError) -> UnsafeRawBufferPointer? {
        guard let level = levels.last else { return nil }
        do throws(BundleError) { return try level.unpacker.readBlock() } catch { throw closing(error) }
    }

    /// The first bytes of the entry, copied.
    mutating func readPrefix() throws(BundleError) -> [UInt8] {
        guard let level = levels.last else { return [] }
        do throws(BundleError) {
            return try NestedArchive.readPrefix(of: level.unpacker)
        } catch { throw closing(error) }
    }

    /// Opens the archive that the current entry is.
    mutating func enter(_ nested: NestedArchive, path: String) throws(BundleError) {
        guard let level = levels.last else { return }
        do throws(BundleError) {
            let (unpacker, file) = try nested.open(
                from: level.unpacker, meter: meter, scratchDirectory: scratchDirectory)
            levels.append(Level(unpacker: unpacker, container: path, file: file))
        } catch {
            throw error.breaksArchive ? .damagedEntry(path: path, text: error.description) : error
        }
    }

    private mutating func leave(_ level: Level) throws(BundleError) {
        levels.removeLast()
        guard let container = level.container else {
            end = level.unpacker.end
            return
        }
        if case .notEnded(let text) = level.unpacker.end { throw .damagedEntry(path: container, text: text) }
    }

    /// Closes an archive inside that broke, and says so as an error of its entry.
    private mutating func closing(_ error: BundleError) -> BundleError {
        guard let container = levels.last?.container else { return error }
        if case .damagedEntry(let path, let text) = error {
            return .damagedEntry(path: container + "/" + path, text: text)
        }
        guard error.breaksArchive else { return error }
        levels.removeLast()
        return .damagedEntry(path: container, text: error.description)
    }
}
