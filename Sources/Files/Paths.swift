// Folders by path: making them, joining names, asking for space.
//
// Pure functions over strings, and the calls that have no open folder to start from.

import Glibc

/// Operations on paths.
package enum Paths {
    /// `path` itself when it is absolute, else below `base`.
    package static func resolve(_ path: String, below base: String) -> String {
        path.hasPrefix("/") ? path : base + "/" + path
    }

    /// The path without `.` and symbolic links; nil when nothing is there.
    package static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The current folder.
    package static func current() -> String { real(".") ?? "." }

    package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// What stands at a path; nil when nothing does. Links are followed.
    package static func status(_ path: String) -> FileStatus? {
        var raw = stat()
        return stat(path, &raw) == 0 ? FileStatus(raw) : nil
    }

    /// Makes a folder and those above it; durable when this returns.
    ///
    /// - Parameter permissions: Of the folders that are made.
    package static func makeDirectories(_ path: String, permissions: UInt32 = 0o750) throws(FilesError) {
        if let status = status(path) {
            guard status.kind == .directory else {
                throw FilesError(operation: "make the folder", path: path, code: ENOTDIR)
            }
            return
        }
        let parent = parent(of: path)
        if parent != path { try makeDirectories(parent, permissions: permissions) }
        guard mkdir(path, permissions) == 0 || errno == EEXIST else { throw .last("make the folder", path) }
        try OpenDirectory.open(followingLinks: parent).synchronize()
    }

    package static func setPermissions(_ path: String, _ permissions: UInt32) throws(FilesError) {
        guard chmod(path, permissions) == 0 else { throw .last("set the permissions of", path) }
    }

    package static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    package static func lastComponent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return path }
        return String(path[path.index(after: slash)...])
    }

    /// Reads a whole small file by its path.
    package static func read(_ path: String, limit: Int = 16 << 20) throws(FilesError) -> [UInt8] {
        try OpenFile.read(path).readAll(limit: limit)
    }

    /// Writes a whole file in one step: temporary name, fsync, rename, fsync of the folder.
    package static func write(_ bytes: [UInt8], to path: String, permissions: UInt32 = 0o640) throws(FilesError) {
        let folder = try OpenDirectory.open(followingLinks: parent(of: path))
        let name = FileName(lastComponent(of: path))
        let temporary = FileName(".\(lastComponent(of: path)).\(getpid())")
        try folder.removeFile(temporary)
        let file = try folder.createFile(temporary, permissions: permissions)
        try file.write(bytes)
        try file.synchronize()
        try folder.rename(temporary, to: folder, as: name)
        try folder.synchronize()
    }

    /// Gives a file another name.
    ///
    /// - Returns: False where the file system does not do that.
    package static func link(_ path: String, as other: String) throws(FilesError) -> Bool {
        if Glibc.link(path, other) == 0 { return true }
        guard [EPERM, EXDEV, EMLINK, EOPNOTSUPP].contains(errno) else { throw .last("link", other) }
        return false
    }

    /// Space on the file system of a path, in bytes.
    package struct Space: Sendable {
        package let available: Int64
        package let total: Int64
    }

    package static func space(at path: String) throws(FilesError) -> Space {
        var raw = statvfs()
        guard statvfs(path, &raw) == 0 else { throw .last("ask for the space of", path) }
        let unit = Int64(raw.f_frsize)
        return Space(available: Int64(raw.f_bavail) * unit, total: Int64(raw.f_blocks) * unit)
    }
}

extension OpenDirectory {
    /// Opens a folder whose path the operator configured, and which may be a link to another disk.
    package static func open(followingLinks path: String) throws(FilesError) -> OpenDirectory {
        let descriptor = OpenFile.retrying { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .last("open", path) }
        return OpenDirectory(descriptor: descriptor, path: path)
    }
}
