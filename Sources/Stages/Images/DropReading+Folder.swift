// The reading of a folder drop, file by file in the order of their paths.
//
// Links and devices are never opened. The limits hold for the folder as a whole: for what lies there before any of it is
// read, and for what comes out of archives in it.

internal import Bundles
internal import Files
internal import Spool

extension DropReading {
    private static let folderPathLimit = 100

    func readFolder(_ location: DropLocation, expectation: DropExpectation) throws -> ReadDrop {
        let folder = try location.folder.open(location.name)
        let folders = ParentFolders(of: folder)
        let listing = try FolderListing(
            folder, limits: FolderListing.Limits(entries: limits.entries, depth: Self.folderPathLimit))
        var read = ReadDrop()
        read.entryCount = listing.entries.count
        checkLimits(listing, expectation, into: &read)
        var entries: [ChecksumEntry] = []
        for entry in listing.entries {
            if let digest = try readEntry(entry, in: folders, expectation: expectation, into: &read) {
                entries.append(ChecksumEntry(path: entry.path.bytes, digest: digest.bytes))
            }
        }
        read.missing += expectation.missing(besides: Set(entries.map(\.path)))
        try filler.drain()
        let digest = SHA256Digest(ChecksumList.digest(of: entries))
        guard let digest else { throw StageError.unexpected("a SHA-256 digest has 32 bytes") }
        read.digest = digest
        return read
    }

    private func checkLimits(
        _ listing: FolderListing, _ expectation: DropExpectation, into read: inout ReadDrop
    ) {
        if listing.isCutOff {
            let text = "more than \(limits.entries) files, or folders more than \(Self.folderPathLimit) deep"
            return read.exceed("entries", text)
        }
        let files = listing.entries.filter { $0.status.kind == .file && expectation.includes($0.path) }
        let byteCount = files.reduce(0) { $0 + $1.status.byteCount }
        if byteCount > limits.bytes {
            let text = "\(files.count) files with \(byteCount) bytes, at most \(limits.bytes) are allowed"
            read.exceed("bytes", text)
        }
    }

    /// - Returns: The file's digest; nil when it is no part of what was attested.
    private func readEntry(
        _ entry: FolderListing.Entry, in folders: ParentFolders, expectation: DropExpectation, into read: inout ReadDrop
    ) throws -> SHA256Digest? {
        guard expectation.includes(entry.path) else { return nil }
        if let verdict = Self.passedOver(entry, in: folders, expectation) {
            try filler.add(path: entry.path.text, refusal: verdict)
            read.files.append((entry.path, entry.status))
            return nil
        }
        let file = try folders.openFile(entry.path)
        let status = try file.status()
        let check = ContentCheck(entry.path.bytes, expectation)
        let part = try readContent(file, entry: entry, check: check, expectation: expectation, soFar: read)
        try requireUnchanged(file, status)
        read.files.append((entry.path, status))
        read.add(part)
        if let reason = check.mismatch(part.digest) {
            read.missing.append(MissingPiece(path: entry.path.bytes, reason: reason))
        }
        return part.digest
    }

    private func readContent(
        _ file: OpenFile, entry: FolderListing.Entry, check: ContentCheck, expectation: DropExpectation, soFar: ReadDrop
    ) throws -> ReadDrop {
        var part = ReadDrop()
        if soFar.isOverLimit {
            try hashOnly(file, into: &part)
            return part
        }
        let name = entry.path.name?.text ?? ""
        let prefix = try sniff(file)
        if prefix.withUnsafeBytes({ BundleFormat.detect(prefix: $0, fileName: name) }) != nil {
            try readInnerArchive(file, entry: entry, check: check, soFar: soFar, into: &part)
        } else {
            noteUnfinished(
                name, path: entry.path.bytes, prefix, expectation, isWholeDrop: false, into: &part)
            try readWhole(file, entry: entry, check: check, into: &part)
        }
        return part
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
        _ file: OpenFile, entry: FolderListing.Entry, check: ContentCheck, into part: inout ReadDrop
    ) throws {
        let hash = SHA256()
        var count: Int64 = 0
        try filler.add(path: entry.path.text, file: file, digest: { hash.soFar() }) { piece in
            hash.update(piece)
            check.update(piece)
            count += Int64(piece.count)
            onRead(piece.count)
        }
        part.byteCount = count
        part.unpackedByteCount = count
        part.digest = hash.finish()
    }

    private func readInnerArchive(
        _ file: OpenFile, entry: FolderListing.Entry, check: ContentCheck, soFar: ReadDrop, into part: inout ReadDrop
    ) throws {
        // The limits are the drop's: what earlier files took is not there for this one.
        let left = BundleLimits(
            bytes: limits.bytes - soFar.unpackedByteCount, entries: limits.entries - soFar.entryCount,
            ratio: limits.ratio, depth: limits.depth, pathLength: limits.pathLength)
        let copy = try copyToScratch(file, check: check, into: &part)
        do throws(BundleError) {
            let reader = try BundleReader(
                source: .file(descriptor: copy.descriptor), name: entry.path.text, limits: left,
                scratchDirectory: scratch.path)
            try feed(reader, prefix: entry.path.text + "/", path: entry.path.bytes, into: &part)
        } catch {
            try note(error, path: entry.path.bytes, into: &part)
        }
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
}
