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

/// One reading of one drop.
struct DropReading {
    let limits: BundleLimits
    /// A folder of the worker's own, for archives that cannot be read as a stream.
    let scratch: OpenDirectory
    let filler: BatchFiller
    let onRead: @Sendable (Int) -> Void

    private static let sniffByteCount = 64 << 10

    /// - Parameter name: The drop's own name, whatever it is called where it lies.
    func read(
        _ location: DropLocation, name: FileName, expectation: DropExpectation
    ) throws(StageError) -> ReadDrop {
        try StageError.wrap {
            let status = try location.folder.status(of: location.name)
            if status?.kind == .directory { return try readFolder(location, expectation: expectation) }
            return try readFile(location, name: name, expectation: expectation)
        }
    }

    // MARK: One file

    private func readFile(_ location: DropLocation, name: FileName, expectation: DropExpectation) throws -> ReadDrop {
        let file = try location.folder.openFile(location.name)
        let status = try file.status()
        var read = ReadDrop()
        read.files = [(.itself, status)]
        let prefix = try sniff(file)
        let format = prefix.withUnsafeBytes { BundleFormat.detect(prefix: $0, fileName: name.text) }
        if let format {
            if format.format.needsSeeking {
                try readSeeking(file, name: name, into: &read)
            } else {
                try readStream(file, name: name, into: &read)
            }
        } else if status.byteCount > limits.bytes {
            read.exceed("bytes", "\(name.text) has \(status.byteCount) bytes, at most \(limits.bytes) are allowed")
            try hashOnly(file, into: &read)
        } else {
            noteUnfinished(name.text, path: name.bytes, prefix, expectation, isWholeDrop: true, into: &read)
            try readSingle(file, name: name.text, prefix: prefix, into: &read)
        }
        try requireUnchanged(file, status)
        return read
    }

    private func readStream(_ file: OpenFile, name: FileName, into read: inout ReadDrop) throws {
        let source = HashedChunkSource(file, onRead: onRead)
        filler.source = source
        defer {
            filler.source = nil
            source.close()
        }
        do throws(BundleError) {
            let reader = try BundleReader(
                source: .stream { try source.next() }, name: name.text, limits: limits, scratchDirectory: scratch.path)
            try feed(reader, prefix: "", path: name.bytes, into: &read)
        } catch {
            try note(error, path: name.bytes, into: &read)
        }
        try filler.drain()
        read.digest = try source.finish()
        read.byteCount = source.byteCount
    }

    private func readSeeking(_ file: OpenFile, name: FileName, into read: inout ReadDrop) throws {
        let copy = try copyToScratch(file, into: &read)
        do throws(BundleError) {
            let reader = try BundleReader(
                source: .file(descriptor: copy.descriptor), name: name.text, limits: limits,
                scratchDirectory: scratch.path)
            try feed(reader, prefix: "", path: name.bytes, into: &read)
        } catch {
            try note(error, path: name.bytes, into: &read)
        }
        try filler.drain()
    }

    private func readSingle(_ file: OpenFile, name: String, prefix: [UInt8], into read: inout ReadDrop) throws {
        if let reason = prefix.withUnsafeBytes({ Self.noArchive(name, $0) }) {
            try filler.add(path: name, refusal: .damaged(reason, sopInstanceUID: nil, isCut: false))
            try hashOnly(file, into: &read)
            return try filler.drain()
        }
        let source = HashedChunkSource(file, onRead: onRead)
        filler.source = source
        defer {
            filler.source = nil
            source.close()
        }
        try filler.add(path: name, note: nil) { try source.next() }
        try filler.drain()
        read.digest = try source.finish()
        read.byteCount = source.byteCount
    }

    /// Why a file that is named as an archive can be nothing for the archive; nil when it is named or is otherwise.
    private static func noArchive(_ name: String, _ prefix: UnsafeRawBufferPointer) -> String? {
        guard let claimed = ArchiveName(of: name) else { return nil }
        let start = UnsafeRawBufferPointer(rebasing: prefix.prefix(ImageFile.prefixByteCount))
        guard FileScanner.form(ofPrefix: start) == .notDICOM else { return nil }
        return "named \(claimed.ending), but it is \(ContentText.describe(prefix: prefix)); right would be an archive "
            + "(.zip .tar .tar.gz .tar.zst .tar.xz .7z .iso) with DICOM files in it, or one DICOM file"
    }

    // MARK: What files share

    /// Notes an unattested file that may just not be whole yet.
    func noteUnfinished(
        _ name: String, path: [UInt8], _ prefix: [UInt8], _ expectation: DropExpectation, isWholeDrop: Bool,
        into read: inout ReadDrop
    ) {
        guard case .settled = expectation else { return }
        let reason = prefix.withUnsafeBytes { UnfinishedFile.reason(name: name, prefix: $0, isWholeDrop: isWholeDrop) }
        if let reason { read.cut.append(MissingPiece(path: path, reason: "\(name): \(reason)")) }
    }

    /// A file's first bytes.
    func sniff(_ file: OpenFile) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.sniffByteCount)
        let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
        return Array(bytes[..<count])
    }

    /// Reads a file of which nothing is taken in.
    func hashOnly(_ file: OpenFile, into read: inout ReadDrop) throws {
        let source = HashedChunkSource(file, onRead: onRead)
        defer { source.close() }
        read.digest = try source.finish()
        read.byteCount = source.byteCount
    }

    /// Copies a file into the worker's own storage while hashing it; the copy has no name.
    func copyToScratch(_ file: OpenFile, check: ContentCheck? = nil, into read: inout ReadDrop) throws -> OpenFile {
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

    func requireUnchanged(_ file: OpenFile, _ before: FileStatus) throws {
        let after = try file.status()
        guard after.isSameContent(as: before), after.changed == before.changed else {
            throw SpoolError.changed(path: file.path)
        }
    }
}
