// Folders of this machine: what is in them, and the digests of it.

import Files
import Foundation

enum LocalFolder {
    private static let chunkByteCount = 1 << 20
    /// Folders in folders, at most.
    private static let depthLimit = 64

    /// The files in a folder and below it, by their paths from there, sorted; links are not followed.
    ///
    /// - Parameter isWanted: Given a name; false passes over it, and over what is below it.
    static func files(
        _ path: String, isWanted: (FileName) -> Bool = { _ in true }
    ) throws(FilesError) -> [(path: String, status: FileStatus)] {
        var found: [(path: String, status: FileStatus)] = []
        try collect(try OpenDirectory.open(followingLinks: path), "", isWanted, depth: 0, into: &found)
        return found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func collect(
        _ folder: OpenDirectory, _ prefix: String, _ isWanted: (FileName) -> Bool, depth: Int,
        into found: inout [(path: String, status: FileStatus)]
    ) throws(FilesError) {
        guard depth < depthLimit else { throw FilesError(operation: "go deeper in", path: folder.path, code: ELOOP) }
        for name in try folder.names() where isWanted(name) {
            guard let status = try folder.status(of: name) else { continue }
            let path = prefix + String(decoding: name.bytes, as: UTF8.self)
            if status.kind == .directory {
                try collect(try folder.open(name), path + "/", isWanted, depth: depth + 1, into: &found)
            } else if status.kind == .file {
                found.append((path, status))
            }
        }
    }

    /// The SHA-256 of a file.
    static func digest(ofFile path: String, onBytes: (Int) -> Void = { _ in }) throws(FilesError) -> SHA256Digest {
        let file = try OpenFile.read(path)
        let hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        while case let count = try file.read(into: buffer), count > 0 {
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            onBytes(count)
        }
        return hash.finish()
    }

    /// Removes a file or a folder, if it is there.
    static func remove(_ path: String) throws(FilesError) {
        let parent = Paths.parent(of: path)
        guard Paths.exists(parent) else { return }
        try OpenDirectory.open(followingLinks: parent).removeTree(FileName(Paths.lastComponent(of: path)))
    }

    /// Gives what lies at a path the place of what lies at another.
    static func replace(_ target: String, with source: String) throws(FilesError) {
        let folder = try OpenDirectory.open(followingLinks: Paths.parent(of: target))
        let (name, new) = (FileName(Paths.lastComponent(of: target)), FileName(Paths.lastComponent(of: source)))
        if try folder.status(of: name) != nil {
            if try folder.exchange(new, with: name) { return try folder.removeTree(new) }
            try folder.removeTree(name)
        }
        try folder.rename(new, to: folder, as: name)
        try folder.synchronize()
    }
}
