// The files of a reports drop, read once and held in memory: hashed, unpacked, and told apart.
//
// Invariants: the bytes that are judged are the bytes that were hashed; links are never followed; what is held is bounded.

internal import Archive
internal import Bundles
internal import Files
internal import Spool

/// What a reading of a reports drop brought.
struct ReportFiles {
    struct File {
        let path: String
        let bytes: [UInt8]
    }

    var digest = SHA256.digest(of: "")
    var byteCount: Int64 = 0
    /// What was read, to be compared before it is removed.
    var identity: [(path: RelativePath, status: FileStatus)] = []
    var files: [File] = []
    /// Files that cannot be read, with the reason.
    var damaged: [(path: String, reason: String)] = []
    var ignored: [(path: String, reason: String)] = []
    var missing: [MissingPiece] = []
    /// Archives and files that may just not be whole yet.
    var cut: [MissingPiece] = []
    /// Why the drop as a whole is kept for a person; nil when it is not.
    var breakage: String?
    /// Whether the drop is one file that is no archive.
    var isSingle = false
}

struct ReportFileReading {
    let limits: BundleLimits
    /// A folder of the worker's own.
    let scratch: OpenDirectory

    /// Bytes of all files of a drop, unpacked, and of the drop itself, at most.
    static let byteLimit: Int64 = 512 << 20
    private static let folderDepthLimit = 100

    func read(_ location: DropLocation, name: FileName, expectation: DropExpectation) throws -> ReportFiles {
        var read = ReportFiles()
        let status = try location.folder.status(of: location.name)
        if status?.kind == .directory {
            try readFolder(location, expectation, into: &read)
        } else {
            let file = try location.folder.openFile(location.name)
            guard let bytes = try bytes(of: file, at: .itself, into: &read) else { return read }
            read.digest = SHA256.digest(of: bytes)
            try take(bytes, path: name.text, raw: name.bytes, isWholeDrop: true, into: &read)
        }
        return read
    }

    private func readFolder(
        _ location: DropLocation, _ expectation: DropExpectation, into read: inout ReportFiles
    ) throws {
        let folder = try location.folder.open(location.name)
        let folders = ParentFolders(of: folder)
        let listing = try FolderListing(
            folder, limits: FolderListing.Limits(entries: limits.entries, depth: Self.folderDepthLimit))
        if listing.isCutOff {
            read.breakage = "over the limit 'entries': more than \(limits.entries) files, or too deep folders"
        }
        var entries: [ChecksumEntry] = []
        for entry in listing.entries where expectation.includes(entry.path) {
            guard entry.status.kind == .file else {
                read.identity.append((entry.path, entry.status))
                read.damaged.append((entry.path.text, "a \(entry.status.kind.rawValue); only files are taken"))
                continue
            }
            let file = try folders.openFile(entry.path)
            guard let bytes = try bytes(of: file, at: entry.path, into: &read) else { return }
            if case .bag = expectation, !entry.path.bytes.starts(with: "data/".utf8) {
                read.ignored.append((entry.path.text, "a tag file of the bag"))
                continue
            }
            let check = ContentCheck(entry.path.bytes, expectation)
            bytes.withUnsafeBytes { check.update($0) }
            let digest = SHA256.digest(of: bytes)
            entries.append(ChecksumEntry(path: entry.path.bytes, digest: digest.bytes))
            if let reason = check.mismatch(digest) {
                read.missing.append(MissingPiece(path: entry.path.bytes, reason: reason))
            }
            try take(bytes, path: entry.path.text, raw: entry.path.bytes, isWholeDrop: false, into: &read)
        }
        read.missing += expectation.missing(besides: Set(entries.map(\.path)))
        guard let digest = SHA256Digest(ChecksumList.digest(of: entries)) else {
            throw StageError.unexpected("a SHA-256 digest has 32 bytes")
        }
        read.digest = digest
    }

    /// All bytes of a file; nil, and a breakage, when the drop is longer than one may be.
    private func bytes(of file: OpenFile, at path: RelativePath, into read: inout ReportFiles) throws -> [UInt8]? {
        let status = try file.status()
        read.identity.append((path, status))
        read.byteCount += status.byteCount
        guard read.byteCount <= min(limits.bytes, Self.byteLimit) else {
            read.breakage = "over the limit 'bytes': a drop of reports has at most \(min(limits.bytes, Self.byteLimit))"
            return nil
        }
        let bytes = try file.readAll(limit: Int(status.byteCount))
        let after = try file.status()
        guard after.isSameContent(as: status), after.changed == status.changed else {
            throw SpoolError.changed(path: file.path)
        }
        return bytes
    }

    /// A file that is a report or an attachment, or an archive of them.
    private func take(
        _ bytes: [UInt8], path: String, raw: [UInt8], isWholeDrop: Bool, into read: inout ReportFiles
    ) throws {
        let isArchive = bytes.withUnsafeBytes { BundleFormat.detect(prefix: $0, fileName: path) != nil }
        guard isArchive else {
            read.isSingle = isWholeDrop
            read.files.append(ReportFiles.File(path: path, bytes: bytes))
            return
        }
        let name = FileName("scratch")
        try scratch.removeFile(name)
        let copy = try scratch.createFile(name, permissions: 0o600)
        try scratch.removeFile(name)
        try copy.write(bytes)
        do throws(BundleError) {
            let reader = try BundleReader(
                source: .file(descriptor: copy.descriptor), name: path, limits: entryLimits(read),
                scratchDirectory: scratch.path)
            try unpack(reader, prefix: isWholeDrop ? "" : path + "/", raw: raw, into: &read)
        } catch {
            try note(error, raw: raw, into: &read)
        }
    }

    private func entryLimits(_ read: ReportFiles) -> BundleLimits {
        let taken = read.files.reduce(0) { $0 + Int64($1.bytes.count) }
        return BundleLimits(
            bytes: max(0, min(limits.bytes, Self.byteLimit) - taken), entries: limits.entries, ratio: limits.ratio,
            depth: limits.depth, pathLength: limits.pathLength)
    }

    private func unpack(
        _ reader: BundleReader, prefix: String, raw: [UInt8], into read: inout ReportFiles
    ) throws(BundleError) {
        while let entry = try next(reader, prefix: prefix, into: &read) {
            let path = prefix + entry.path
            switch entry.kind {
            case .directory: break
            case .refused(let refusal): read.damaged.append((path, refusal.reason))
            case .file:
                do throws(BundleError) {
                    var bytes: [UInt8] = []
                    while let block = try reader.readBlock() { bytes += block }
                    read.files.append(ReportFiles.File(path: path, bytes: bytes))
                } catch {
                    guard case .damagedEntry(_, let text) = error else { throw error }
                    read.damaged.append((path, text))
                }
            }
        }
        if case .notEnded(let text) = reader.properEnd { read.cut.append(MissingPiece(path: raw, reason: text)) }
    }

    private func next(
        _ reader: BundleReader, prefix: String, into read: inout ReportFiles
    ) throws(BundleError) -> BundleEntry? {
        while true {
            do throws(BundleError) { return try reader.next() } catch {
                guard case .damagedEntry(let path, let text) = error else { throw error }
                read.damaged.append((prefix + path, text))
            }
        }
    }

    private func note(_ error: BundleError, raw: [UInt8], into read: inout ReportFiles) throws {
        switch error {
        case .source(let inner): throw inner
        case .system(_, let code): throw FilesError(operation: "unpack", path: scratch.path, code: code)
        case .truncated, .noEnd:
            read.cut.append(MissingPiece(path: raw, reason: error.description))
            read.breakage = error.description
        default: read.breakage = error.description
        }
    }
}
