// A folder that appears whole in a party's outbound folder, with `SHA256SUMS` of its files.
//
// Order: hidden folder → files → SHA256SUMS → all of it durable → rename. One that lies there already is exchanged for the
// new one in one step and removed then. What is not finished never appears, and is removed at the next beginning, unless
// that goes on with it: then only files count that are compared with the digests that somebody kept.
// Several threads may fill it, each with files of its own.

package import Bundles
package import Files
internal import Synchronization

/// An outbound folder while it is filled.
package final class OutboundFolder: Sendable {
    /// The hidden folder, to write into.
    package let content: OpenDirectory
    private let parent: OpenDirectory
    private let name: FileName
    private let temporary: FileName
    private let entries = Mutex<[ChecksumEntry]>([])

    private static let chunkByteCount = 1 << 20
    /// With more files than this, the whole file system is made durable at once.
    private static let singlySynchronizedCount = 24
    package static let checksumsName = FileName("SHA256SUMS")

    /// Starts a folder that will appear in `parent`.
    ///
    /// - Parameter goesOn: Whether what an earlier one left unfinished is kept.
    package init(parent: OpenDirectory, name: FileName, goesOn: Bool = false) throws(SpoolError) {
        self.parent = parent
        self.name = name
        let temporary = FileName(".tmp-\(SHA256.digest(of: name.bytes).short)")
        self.temporary = temporary
        content = try SpoolError.wrap { () throws(FilesError) in
            if !goesOn { try parent.removeTree(temporary) }
            try parent.makeDirectory(temporary, permissions: 0o2750)
            return try parent.open(temporary)
        }
    }

    /// The path of a file in it, for programs that write it; its folder is made.
    package func path(_ file: String) throws(SpoolError) -> String {
        try SpoolError.wrap { () throws(FilesError) in
            var folder = content
            for part in file.split(separator: "/").dropLast() {
                try folder.makeDirectory(FileName(String(part)), permissions: 0o2750)
                folder = try folder.open(FileName(String(part)))
            }
            return folder.path + "/" + (file.split(separator: "/").last.map(String.init) ?? "")
        }
    }

    /// Writes a file.
    @discardableResult
    package func add(_ file: String, _ bytes: [UInt8]) throws(SpoolError) -> SHA256Digest {
        let piece = try begin(file)
        try bytes.withUnsafeBytes { bytes in Result { () throws(SpoolError) in try piece.write(bytes) } }.get()
        return try piece.finish()
    }

    /// Starts a file that is written piece by piece.
    package func begin(_ file: String) throws(SpoolError) -> OutboundPiece {
        let path = try path(file)
        return OutboundPiece(
            folder: self, name: file,
            file: try SpoolError.wrap { () throws(FilesError) in
                try OpenDirectory.open(Paths.parent(of: path)).createFile(FileName(Paths.lastComponent(of: path)))
            })
    }

    /// Gives a file that is in it a second name; where the file system cannot, a copy.
    ///
    /// - Parameter digest: Of the file.
    package func link(_ file: String, as other: String, digest: SHA256Digest) throws(SpoolError) {
        let (source, target) = (try path(file), try path(other))
        if try SpoolError.wrap({ () throws(FilesError) in try Paths.link(source, as: target) }) {
            return take(other, digest)
        }
        let input = try SpoolError.wrap { () throws(FilesError) in try OpenFile.read(source) }
        let piece = try begin(other)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        while case let count = try SpoolError.wrap({ () throws(FilesError) in try input.read(into: buffer) }), count > 0
        {
            try piece.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        guard try piece.finish() == digest else { throw .changed(path: source) }
    }

    /// Removes a file, or a folder with all that is in it, that is to be no content after all.
    package func discard(_ file: String) throws(SpoolError) {
        let path = try path(file)
        let own = Array(file.utf8)
        entries.withLock { list in
            list.removeAll { $0.path == own || $0.path.starts(with: own + [UInt8(ascii: "/")]) }
        }
        try SpoolError.wrap { () throws(FilesError) in
            try OpenDirectory.open(Paths.parent(of: path)).removeTree(FileName(Paths.lastComponent(of: path)))
        }
    }

    func take(_ files: [ChecksumEntry]) { entries.withLock { $0 += files } }

    func forget(_ path: String) {
        let own = Array(path.utf8)
        entries.withLock { list in
            list.removeAll { $0.path == own || $0.path.starts(with: own + [UInt8(ascii: "/")]) }
        }
    }

    func removeHidden() throws(FilesError) { try parent.removeTree(temporary) }

    /// The files so far.
    package var files: [ChecksumEntry] { entries.withLock { $0 } }

    func take(_ file: String, _ digest: SHA256Digest) {
        entries.withLock { $0.append(ChecksumEntry(path: Array(file.utf8), digest: digest.bytes)) }
    }

    /// Takes files over from a folder that was filled before.
    ///
    /// - Throws: `.changed` when one is not what it was.
    package func copy(_ files: [ChecksumEntry], from source: OpenDirectory) throws(SpoolError) {
        let folders = ParentFolders(of: source)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        for file in files {
            guard let relative = RelativePath(bytes: file.path) else { continue }
            let target = try path(FileName.text(of: file.path))
            let digest = try SpoolError.wrap { () throws(FilesError) in
                let input = try folders.openFile(relative)
                let output = try OpenDirectory.open(Paths.parent(of: target))
                    .createFile(FileName(Paths.lastComponent(of: target)))
                let hash = SHA256()
                while case let count = try input.read(into: buffer), count > 0 {
                    let piece = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                    hash.update(piece)
                    try output.write(piece)
                }
                return hash.finish()
            }
            guard digest.bytes == file.digest else {
                throw .changed(path: source.path(of: FileName(bytes: file.path) ?? FileName("file")))
            }
            entries.withLock { $0.append(file) }
        }
    }

    /// Takes a file that another program wrote into `SHA256SUMS`.
    @discardableResult
    package func seal(_ file: String) throws(SpoolError) -> SHA256Digest {
        let path = try path(file)
        let digest = try SpoolError.wrap { () throws(FilesError) in
            let folder = try OpenDirectory.open(Paths.parent(of: path))
            return try Self.digest(of: try folder.openFile(FileName(Paths.lastComponent(of: path))))
        }
        take(file, digest)
        return digest
    }

    /// Lets it appear.
    ///
    /// - Returns: The digest of its `SHA256SUMS`, by which it is acknowledged.
    package func finish() throws(SpoolError) -> SHA256Digest {
        let files = files
        let sums = ChecksumList.text(of: files, isEnded: false)
        return try SpoolError.wrap { () throws(FilesError) in
            let file = try content.createFile(Self.checksumsName)
            try file.write(sums)
            try synchronize(files, file)
            let isThere = try parent.status(of: name) != nil
            if !isThere {
                try parent.rename(temporary, to: parent, as: name)
            } else if try !parent.exchange(temporary, with: name) {
                try parent.removeTree(name)
                try parent.rename(temporary, to: parent, as: name)
            }
            try parent.synchronize()
            try parent.removeTree(temporary)
            return SHA256.digest(of: sums)
        }
    }

    private func synchronize(_ files: [ChecksumEntry], _ sums: OpenFile) throws(FilesError) {
        if files.count > Self.singlySynchronizedCount { return try content.synchronizeFileSystem() }
        let folders = ParentFolders(of: content)
        for file in files {
            guard let path = RelativePath(bytes: file.path) else { continue }
            try folders.openFile(path).synchronize()
        }
        try sums.synchronize()
        try Self.synchronizeFolders(content)
    }

    static func digest(of file: OpenFile) throws(FilesError) -> SHA256Digest {
        let hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        while case let count = try file.read(into: buffer), count > 0 {
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        return hash.finish()
    }

    private static func synchronizeFolders(_ folder: OpenDirectory) throws(FilesError) {
        for name in try folder.names() where try folder.status(of: name)?.kind == .directory {
            try synchronizeFolders(try folder.open(name))
        }
        try folder.synchronize()
    }
}
