// Reads a drop once: hashes it, unpacks it, and hands its files to the assembler.
//
// Invariants: the bytes that are hashed are the bytes that are taken in; nothing is written but packs and scratch files
// in the drop's own staging folder; a party's links are never followed. Nothing is decided here: what was found, what is
// missing and how the bundle ended is given back.

internal import Archive
internal import Bundles
internal import DICOM
internal import Files
internal import Spool

/// What reading a drop brought.
struct ReadDrop: Sendable {
    var digest: SHA256Digest
    var byteCount: Int64 = 0
    /// What was read, to be compared before it is removed.
    var files: [(path: RelativePath, status: FileStatus)] = []
    /// Files that an attestation names and that are not there, or not as it says.
    var missing: [MissingPiece] = []
    /// Why the bundle could not be read to its end, or broke a limit; nil when it was.
    var breakage: String?
    /// Whether the breakage is a limit or a trap, so that nothing of the bundle is kept.
    var isHostile = false
    /// Why the bundle may just not be whole yet; nil when it has its proper end.
    var cutReason: String?
}

/// One reading of one drop.
struct DropReading {
    let limits: BundleLimits
    /// A folder of the worker's own, for archives that cannot be read as a stream.
    let scratch: OpenDirectory
    let filler: BatchFiller
    let onRead: @Sendable (Int) -> Void

    private static let sniffByteCount = 64 << 10
    private static let folderPathLimit = 100

    /// - Parameter name: The drop's own name, whatever it is called where it lies.
    func read(
        _ location: DropLocation, name: String, expectation: DropExpectation
    ) throws(StageError) -> ReadDrop {
        try StageError.wrap {
            let status = try location.folder.status(of: location.name)
            if status?.kind == .directory { return try readFolder(location, expectation: expectation) }
            return try readFile(location, name: name)
        }
    }

    // MARK: One file

    private func readFile(_ location: DropLocation, name: String) throws -> ReadDrop {
        let file = try location.folder.openFile(location.name)
        let status = try file.status()
        var read = ReadDrop(digest: SHA256.digest(of: ""))
        read.files = [(.itself, status)]
        let prefix = try sniff(file)
        let format = prefix.withUnsafeBytes { BundleFormat.detect(prefix: $0, fileName: name) }
        if let format {
            if format.format.needsSeeking {
                try readSeeking(file, name: name, into: &read)
            } else {
                try readStream(file, name: name, into: &read)
            }
        } else {
            try readSingle(file, name: name, into: &read)
        }
        try requireUnchanged(file, status)
        return read
    }

    private func readStream(_ file: OpenFile, name: String, into read: inout ReadDrop) throws {
        let source = HashedChunkSource(file, onRead: onRead)
        defer { source.close() }
        do throws(BundleError) {
            let reader = try BundleReader(
                source: .stream { try source.next() }, name: name, limits: limits, scratchDirectory: scratch.path)
            try feed(reader, prefix: "", into: &read)
        } catch {
            try note(error, into: &read)
        }
        try filler.drain()
        read.digest = try source.finish()
        read.byteCount = source.byteCount
    }

    private func readSeeking(_ file: OpenFile, name: String, into read: inout ReadDrop) throws {
        let copy = try copyToScratch(file, into: &read)
        do throws(BundleError) {
            let reader = try BundleReader(
                source: .file(descriptor: copy.descriptor), name: name, limits: limits, scratchDirectory: scratch.path)
            try feed(reader, prefix: "", into: &read)
        } catch {
            try note(error, into: &read)
        }
        try filler.drain()
    }

    private func readSingle(_ file: OpenFile, name: String, into read: inout ReadDrop) throws {
        let source = HashedChunkSource(file, onRead: onRead)
        defer { source.close() }
        try filler.add(path: name, note: nil, declaredByteCount: try file.status().byteCount) { try source.next() }
        try filler.drain()
        read.digest = try source.finish()
        read.byteCount = source.byteCount
    }

    // MARK: A folder

    private func readFolder(_ location: DropLocation, expectation: DropExpectation) throws -> ReadDrop {
        let folder = try location.folder.open(location.name)
        let folders = ParentFolders(of: folder)
        let listing = try FolderListing(
            folder, limits: FolderListing.Limits(entries: limits.entries, depth: Self.folderPathLimit))
        var read = ReadDrop(digest: SHA256.digest(of: ""))
        var entries: [ChecksumEntry] = []
        if listing.isCutOff {
            read.breakage = "over the limit 'entries': more than \(limits.entries) files, or folders too deep"
            read.isHostile = true
        }
        for entry in listing.entries {
            if let digest = try readEntry(entry, in: folders, expectation: expectation, into: &read) {
                entries.append(ChecksumEntry(path: entry.path.bytes, digest: digest.bytes))
            }
        }
        noteMissing(expectation, present: Set(entries.map(\.path)), into: &read)
        try filler.drain()
        let digest = SHA256Digest(ChecksumList.digest(of: entries))
        guard let digest else { throw StageError.unexpected("a SHA-256 digest has 32 bytes") }
        read.digest = digest
        return read
    }

    private func noteMissing(_ expectation: DropExpectation, present: Set<[UInt8]>, into read: inout ReadDrop) {
        var absent: [[UInt8]] = []
        switch expectation {
        case .folder(let expected): absent = expected.keys.filter { !present.contains($0) }
        case .bag(_, let missing): absent = missing
        case .file, .settled, .released: break
        }
        read.missing += absent.map { MissingPiece(path: $0, reason: "it is not there") }
        read.missing.sort { $0.path.lexicographicallyPrecedes($1.path) }
    }

    /// - Returns: The file's digest; nil when it is no part of what was attested.
    private func readEntry(
        _ entry: FolderListing.Entry, in folders: ParentFolders, expectation: DropExpectation, into read: inout ReadDrop
    ) throws -> SHA256Digest? {
        // What an attestation does not name is no part of the drop: it is another one, that comes later.
        if case .folder(let list) = expectation, list[entry.path.bytes] == nil { return nil }
        guard let name = entry.path.name else { return nil }
        if let verdict = Self.passedOver(entry, in: folders, expectation) {
            try filler.add(path: entry.path.text, refusal: verdict)
            read.files.append((entry.path, entry.status))
            return nil
        }
        let file = try folders.openFile(entry.path)
        let status = try file.status()
        var part = ReadDrop(digest: SHA256.digest(of: ""))
        let check = ContentCheck(entry.path.bytes, expectation)
        let prefix = try sniff(file)
        if prefix.withUnsafeBytes({ BundleFormat.detect(prefix: $0, fileName: name.text) }) != nil {
            try readInnerArchive(file, entry: entry, check: check, into: &part)
        } else {
            try readWhole(file, entry: entry, byteCount: status.byteCount, check: check, into: &part)
        }
        try requireUnchanged(file, status)
        read.files.append((entry.path, status))
        read.byteCount += part.byteCount
        read.breakage = read.breakage ?? part.breakage
        read.isHostile = read.isHostile || part.isHostile
        read.cutReason = read.cutReason ?? part.cutReason
        if let reason = check.mismatch(part.digest) {
            read.missing.append(MissingPiece(path: entry.path.bytes, reason: reason))
        }
        return part.digest
    }

    /// Why a file of a folder drop is not read; nil when it is.
    private static func passedOver(
        _ entry: FolderListing.Entry, in folders: ParentFolders, _ expectation: DropExpectation
    ) -> ImageVerdict? {
        guard entry.status.kind == .file else { return .refused(reason(entry, in: folders)) }
        if isTagFile(entry, expectation) { return .ignored("a tag file of the bag") }
        return nil
    }

    private static func isTagFile(_ entry: FolderListing.Entry, _ expectation: DropExpectation) -> Bool {
        guard case .bag = expectation else { return false }
        return !entry.path.bytes.starts(with: "data/".utf8)
    }

    private func readWhole(
        _ file: OpenFile, entry: FolderListing.Entry, byteCount: Int64, check: ContentCheck, into part: inout ReadDrop
    ) throws {
        let hash = SHA256()
        var count: Int64 = 0
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
        defer { buffer.deallocate() }
        try filler.add(path: entry.path.text, note: nil, declaredByteCount: byteCount) {
            let done = try file.read(into: buffer)
            guard done > 0 else { return nil }
            let piece = UnsafeRawBufferPointer(rebasing: buffer[..<done])
            hash.update(piece)
            check.update(piece)
            count += Int64(done)
            onRead(done)
            return piece
        }
        part.byteCount = count
        part.digest = hash.finish()
    }

    private func readInnerArchive(
        _ file: OpenFile, entry: FolderListing.Entry, check: ContentCheck, into part: inout ReadDrop
    ) throws {
        let copy = try copyToScratch(file, check: check, into: &part)
        do throws(BundleError) {
            let reader = try BundleReader(
                source: .file(descriptor: copy.descriptor), name: entry.path.text, limits: limits,
                scratchDirectory: scratch.path)
            try feed(reader, prefix: entry.path.text + "/", into: &part)
        } catch {
            try note(error, into: &part)
        }
    }

    // MARK: Archives

    /// Hands all entries of an archive to the filler.
    private func feed(_ reader: BundleReader, prefix: String, into read: inout ReadDrop) throws(BundleError) {
        while let entry = try next(reader, prefix: prefix) {
            let path = prefix + entry.path
            let note = entry.isRepeatedName ? "this path occurs more than once in the archive; each was read" : nil
            do {
                switch entry.kind {
                case .directory: break
                case .refused(let refusal):
                    try filler.add(path: path, refusal: Self.verdict(refusal), note: note)
                case .file:
                    try filler.add(path: path, note: note, declaredByteCount: entry.declaredByteCount) {
                        try reader.readBlock()
                    }
                }
            } catch BundleError.damagedEntry(_, let text) {
                do { try filler.add(path: path, refusal: .damaged(text, sopInstanceUID: nil, isCut: false)) } catch {
                    throw .source(error)
                }
            } catch let error as BundleError {
                throw error
            } catch {
                throw .source(error)
            }
        }
        if case .notEnded(let text) = reader.properEnd { read.cutReason = text }
    }

    /// The next entry; one that is damaged itself is noted and passed over.
    private func next(_ reader: BundleReader, prefix: String) throws(BundleError) -> BundleEntry? {
        while true {
            do throws(BundleError) {
                return try reader.next()
            } catch {
                guard case .damagedEntry(let path, let text) = error else { throw error }
                do {
                    try filler.add(
                        path: prefix + path, refusal: .damaged(text, sopInstanceUID: nil, isCut: false))
                } catch {
                    throw .source(error)
                }
            }
        }
    }

    /// Notes why an archive could not be read on; passes on what is not the archive's fault.
    private func note(_ error: BundleError, into read: inout ReadDrop) throws {
        switch error {
        case .source(let inner): throw inner
        case .system(_, let code):
            throw FilesError(operation: "unpack", path: scratch.path, code: code)
        case .truncated:
            read.cutReason = error.description
            read.breakage = error.description
        case .limit, .encrypted:
            read.breakage = error.description
            read.isHostile = true
        default:
            read.breakage = error.description
        }
    }

    private static func verdict(_ refusal: EntryRefusal) -> ImageVerdict {
        if case .damaged = refusal { return .damaged(refusal.reason, sopInstanceUID: nil, isCut: false) }
        return .refused(refusal.reason)
    }

    private static func reason(_ entry: FolderListing.Entry, in folders: ParentFolders) -> String {
        guard entry.status.kind == .symbolicLink, let name = entry.path.name else {
            return "a \(entry.status.kind.rawValue); only files and folders are taken"
        }
        let target: String
        do throws(FilesError) {
            target = try folders.folder(of: entry.path).linkTarget(of: name) ?? "?"
        } catch {
            target = "?"
        }
        return "a symbolic link to '\(target)'; links are never followed"
    }

    // MARK: Bytes

    private func sniff(_ file: OpenFile) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.sniffByteCount)
        let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
        return Array(bytes[..<count])
    }

    /// Copies a file into the worker's own storage while hashing it; the copy has no name.
    private func copyToScratch(
        _ file: OpenFile, check: ContentCheck? = nil, into read: inout ReadDrop
    ) throws -> OpenFile {
        let name = FileName("scratch")
        try scratch.removeFile(name)
        let copy = try scratch.createFile(name, permissions: 0o600)
        try scratch.removeFile(name)
        let source = HashedChunkSource(file, onRead: onRead)
        defer { source.close() }
        while let piece = try source.next() {
            check?.update(piece)
            try copy.write(piece)
        }
        read.digest = try source.finish()
        read.byteCount = source.byteCount
        return copy
    }

    private func requireUnchanged(_ file: OpenFile, _ before: FileStatus) throws {
        let after = try file.status()
        guard after.isSameContent(as: before), after.changed == before.changed else {
            throw SpoolError.changed(path: file.path)
        }
    }
}
