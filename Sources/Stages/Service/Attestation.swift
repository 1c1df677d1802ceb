// Reads what attests a drop: its `<name>.sha256`, or its own manifests when it is a bag.
//
// Reads names and attestations only, never the drop's content. What cannot be used says why, and whether waiting for
// more bytes can help.

internal import Bundles
internal import Files
internal import Spool

/// What attests a drop, or why nothing usable does.
enum Attestation: Sendable {
    case expectation(DropExpectation)
    /// The attestation is not whole, or does not fit the drop; it may be mended by its sender.
    case unusable(missing: [MissingPiece], reason: String)
    /// It can never be right.
    case unfit(reason: String)

    /// Bytes of an attestation that are read at most.
    private static let byteLimit = 256 << 20

    /// - Parameters:
    ///   - entryLimit: Files of a bag that are listed at most.
    ///   - isThorough: Whether a bag that lacks files is read all the same, so that damaged ones are found as well.
    init(
        of location: DropLocation, name: FileName, entryLimit: Int, isThorough: Bool = false
    ) throws(FilesError) {
        let isFolder = try location.folder.status(of: location.name)?.kind == .directory
        if let checksum = location.checksum {
            let bytes = try location.folder.openFile(checksum).readAll(limit: Self.byteLimit)
            self = Self.list(ChecksumList(bytes), name: name, isFolder: isFolder)
        } else if isFolder, try location.folder.open(location.name).status(of: FileName("bagit.txt"))?.kind == .file {
            self = try Self.bag(location, entryLimit: entryLimit, isThorough: isThorough)
        } else {
            self = .expectation(.settled)
        }
    }

    private static func list(_ list: ChecksumList, name: FileName, isFolder: Bool) -> Attestation {
        let file = "\(name.text)\(IgnoredNames.checksumSuffix)"
        func unusable(_ text: String) -> Attestation {
            let reason = "\(file): \(text)"
            return .unusable(missing: [MissingPiece(path: name.bytes, reason: reason)], reason: reason)
        }
        if let problem = list.problems.first { return unusable(problem.description) }
        guard let declared = list.declaredCount else {
            return unusable(
                "the last line '# end \(list.entries.count)' is missing, so that it is not known to be whole")
        }
        guard declared == list.entries.count else {
            return unusable("the last line says \(declared) files, the list has \(list.entries.count)")
        }
        let pairs = list.entries.compactMap { entry in SHA256Digest(entry.digest).map { (entry.path, $0) } }
        if isFolder {
            // A line of a name that is never looked at asks for nothing.
            let named = pairs.filter { !IgnoredNames.contains(path: $0.0) }
            return .expectation(.folder(Dictionary(named) { _, last in last }))
        }
        guard pairs.count == 1, let only = pairs.first else {
            return unusable("it names \(pairs.count) files; for a file it names that file alone")
        }
        guard only.0 == name.bytes else {
            return unusable("it names '\(FileName.text(of: only.0))'; right would be '\(name.text)'")
        }
        return .expectation(.file(only.1))
    }

    private static func bag(
        _ location: DropLocation, entryLimit: Int, isThorough: Bool
    ) throws(FilesError) -> Attestation {
        let folder = try location.folder.open(location.name)
        let files = BagFolder(folder: folder, entryLimit: entryLimit)
        let bag: Bag
        // More than a bag may have: reading it says so, whatever its manifests list.
        if try files.isOverLimit() { return .expectation(.bag(payload: [:], missing: [], unfinished: nil)) }
        do throws(BundleError) { bag = try Bag.read(files: files, isPassedOver: IgnoredNames.contains(path:)) } catch {
            if case .source(let inner) = error, let system = inner as? FilesError { throw system }
            return .unfit(reason: error.description)
        }
        if let problem = bag.problems.first(where: { $0.severity == .unfit }) {
            return .unfit(reason: "not a bag that can be valid: \(problem.text)")
        }
        let items = Dictionary(bag.payload.map { ($0.path, $0) }) { first, _ in first }
        if let problem = bag.problems.first(where: { $0.severity == .unfinished }) {
            let missing =
                bag.missing.map { MissingPiece(path: $0, reason: "it is not there") }
                + bag.damagedTagFiles.map { MissingPiece(path: $0, reason: "it is not as the bag says") }
            if isThorough {
                return .expectation(.bag(payload: items, missing: missing, unfinished: problem.text))
            }
            return .unusable(missing: missing, reason: "the bag is not whole: \(problem.text)")
        }
        return .expectation(.bag(payload: items, missing: [], unfinished: nil))
    }
}

/// A bag's files as they lie in a folder drop.
private struct BagFolder: BagFiles {
    let folder: OpenDirectory
    let entryLimit: Int

    private static let chunkByteCount = 256 << 10

    func isOverLimit() throws(FilesError) -> Bool {
        try FolderListing(folder, limits: FolderListing.Limits(entries: entryLimit)).isCutOff
    }

    func list() throws -> [BagFile] {
        try FolderListing(folder, limits: FolderListing.Limits(entries: entryLimit)).entries
            .filter { $0.status.kind == .file }
            .map { BagFile(path: $0.path.bytes, byteCount: $0.status.byteCount) }
    }

    func read(_ path: [UInt8], _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        guard let path = RelativePath(bytes: path) else { return }
        let file = try ParentFolders(of: folder).openFile(path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkByteCount, alignment: 16)
        defer { buffer.deallocate() }
        while case let count = try file.read(into: buffer), count > 0 {
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
