// A folder that appears whole in a party's outbound folder, with `SHA256SUMS` of its files.
//
// Order: hidden folder → files, each durable → SHA256SUMS → rename. One that lies there already is exchanged for the new one
// in one step and removed then. What is not finished never appears, and is removed at the next beginning, unless that goes
// on with it: then only files count that are compared with the digests that somebody kept.

package import Bundles
package import Files

/// An outbound folder while it is filled.
package final class OutboundFolder {
    /// The hidden folder, to write into.
    package let content: OpenDirectory
    private let parent: OpenDirectory
    private let name: FileName
    private let temporary: FileName
    private var entries: [ChecksumEntry] = []

    private static let chunkByteCount = 1 << 20
    package static let checksumsName = FileName("SHA256SUMS")

    /// - Parameter goesOn: Whether what an earlier one left unfinished is kept.
    init(parent: OpenDirectory, name: FileName, goesOn: Bool = false) throws(SpoolError) {
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
    package func add(_ file: String, _ bytes: [UInt8]) throws(SpoolError) {
        let path = try path(file)
        try SpoolError.wrap { () throws(FilesError) in
            let folder = try OpenDirectory.open(Paths.parent(of: path))
            let output = try folder.createFile(FileName(Paths.lastComponent(of: path)))
            try output.write(bytes)
        }
        try seal(file)
    }

    func take(_ files: [ChecksumEntry]) { entries += files }

    func forget(_ path: String) {
        entries.removeAll { $0.path == Array(path.utf8) || $0.path.starts(with: Array("\(path)/".utf8)) }
    }

    func removeHidden() throws(FilesError) { try parent.removeTree(temporary) }

    /// The files so far.
    package var files: [ChecksumEntry] { entries }

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
                try output.synchronize()
                return hash.finish()
            }
            guard digest.bytes == file.digest else {
                throw .changed(path: source.path(of: FileName(bytes: file.path) ?? FileName("file")))
            }
            entries.append(file)
        }
    }

    /// Makes a file that was written durable and takes it into `SHA256SUMS`.
    package func seal(_ file: String) throws(SpoolError) {
        let path = try path(file)
        try SpoolError.wrap { () throws(FilesError) in
            let folder = try OpenDirectory.open(Paths.parent(of: path))
            let input = try folder.openFile(FileName(Paths.lastComponent(of: path)))
            let digest = try Self.digest(of: input)
            try input.synchronize()
            entries.append(ChecksumEntry(path: Array(file.utf8), digest: digest.bytes))
        }
    }

    /// Lets it appear.
    ///
    /// - Returns: The digest of its `SHA256SUMS`, by which it is acknowledged.
    package func finish() throws(SpoolError) -> SHA256Digest {
        let sums = ChecksumList.text(of: entries, isEnded: false)
        return try SpoolError.wrap { () throws(FilesError) in
            let file = try content.createFile(Self.checksumsName)
            try file.write(sums)
            try file.synchronize()
            try Self.synchronizeFolders(content)
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
