// An open folder, and everything that is done to the names in it.
//
// Owns its descriptor. Every call is relative to it and never follows a symbolic link, so that a
// folder or a link that a party swaps meanwhile leads nowhere else. Names are bytes (FileName).

internal import CSystem
import Glibc

/// A folder that is open.
package final class OpenDirectory: @unchecked Sendable {
    package let path: String
    package let descriptor: Int32

    package init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit {
        close(descriptor)
    }

    /// Opens a folder by its path. The path's last component may not be a link.
    package static func open(_ path: String) throws(FilesError) -> OpenDirectory {
        let descriptor = OpenFile.retrying {
            Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard descriptor >= 0 else { throw .last("open", path) }
        return OpenDirectory(descriptor: descriptor, path: path)
    }

    /// Whether this account may make and remove names in here.
    package var isWritable: Bool { faccessat(descriptor, ".", W_OK | X_OK, AT_EACCESS) == 0 }

    /// The path of a name in here, for messages.
    package func path(of name: FileName) -> String { path + "/" + name.text }

    package func open(_ name: FileName) throws(FilesError) -> OpenDirectory {
        let result = name.withCString { text in
            OpenFile.retrying { openat(descriptor, text, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        }
        guard result >= 0 else { throw .last("open", path(of: name)) }
        return OpenDirectory(descriptor: result, path: path(of: name))
    }

    /// Opens a regular file for reading; a device or fifo is opened without waiting and then refused.
    ///
    /// - Throws: `FilesError` with `ELOOP` for a link, `ENXIO` for what is no regular file.
    package func openFile(_ name: FileName) throws(FilesError) -> OpenFile {
        let result = name.withCString { text in
            OpenFile.retrying { openat(descriptor, text, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
        }
        guard result >= 0 else { throw .last("open", path(of: name)) }
        let file = OpenFile(descriptor: result, path: path(of: name))
        guard try file.status().kind == .file else {
            throw FilesError(operation: "read", path: path(of: name), code: EINVAL)
        }
        return file
    }

    /// Makes a new file; fails when the name is taken.
    package func createFile(_ name: FileName, permissions: UInt32 = 0o640) throws(FilesError) -> OpenFile {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let result = name.withCString { text in
            OpenFile.retrying { openat(descriptor, text, flags, permissions) }
        }
        guard result >= 0 else { throw .last("create", path(of: name)) }
        return OpenFile(descriptor: result, path: path(of: name))
    }

    /// Opens a file for reading and writing, and makes it when it is not there.
    package func openOrCreateFile(_ name: FileName, permissions: UInt32) throws(FilesError) -> OpenFile {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        let result = name.withCString { text in
            OpenFile.retrying { openat(descriptor, text, flags, permissions) }
        }
        guard result >= 0 else { throw .last("open", path(of: name)) }
        return OpenFile(descriptor: result, path: path(of: name))
    }

    /// What stands at a name now.
    ///
    /// - Returns: nil when nothing does.
    package func status(of name: FileName) throws(FilesError) -> FileStatus? {
        var raw = stat()
        let result = name.withCString { fstatat(descriptor, $0, &raw, AT_SYMLINK_NOFOLLOW) }
        if result == 0 { return FileStatus(raw) }
        guard errno == ENOENT else { throw .last("stat", path(of: name)) }
        return nil
    }

    /// The target of a symbolic link, for a message; nil when it cannot be read.
    package func linkTarget(of name: FileName) -> String? { linkBytes(of: name).map { FileName.text(of: $0) } }

    /// The target of a symbolic link; nil when it cannot be read.
    package func linkBytes(of name: FileName) -> [UInt8]? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = name.withCString { readlinkat(descriptor, $0, &buffer, buffer.count) }
        return count < 0 ? nil : buffer[..<count].map { UInt8(bitPattern: $0) }
    }

    /// Makes a symbolic link; one that is there already stays.
    package func makeLink(_ name: FileName, to target: [UInt8]) throws(FilesError) {
        let text = target.map { CChar(bitPattern: $0) } + [0]
        let result = name.withCString { symlinkat(text, descriptor, $0) }
        guard result == 0 || errno == EEXIST else { throw .last("link", path(of: name)) }
    }

    /// The names in here without `.` and `..`, in no order.
    package func names() throws(FilesError) -> [FileName] {
        var result: [FileName] = []
        try forEachName { result.append($0) }
        return result
    }

    /// Calls `body` with each name in here without `.` and `..`, in no order.
    package func forEachName(_ body: (FileName) -> Void) throws(FilesError) {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw .last("list", path) }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            if let name = Self.name(of: entry), name.bytes != [0x2E], name.bytes != [0x2E, 0x2E] { body(name) }
        }
        guard errno == 0 else { throw .last("list", path) }
    }

    /// Makes a folder; it may be there already.
    ///
    /// - Returns: Whether it was made.
    @discardableResult
    package func makeDirectory(_ name: FileName, permissions: UInt32 = 0o750) throws(FilesError) -> Bool {
        if name.withCString({ mkdirat(descriptor, $0, permissions) }) == 0 { return true }
        guard errno == EEXIST else { throw .last("make the folder", path(of: name)) }
        return false
    }

    /// Moves a name, in one step; replaces a file that is there.
    package func rename(_ name: FileName, to target: OpenDirectory, as newName: FileName) throws(FilesError) {
        let result = name.withCString { old in
            newName.withCString { new in renameat(descriptor, old, target.descriptor, new) }
        }
        guard result == 0 else { throw .last("rename", path(of: name)) }
    }

    /// Moves a name, in one step; never over something that is there.
    ///
    /// - Throws: `FilesError` with `EEXIST` when the new name is taken.
    package func renameNew(_ name: FileName, to target: OpenDirectory, as newName: FileName) throws(FilesError) {
        let result = name.withCString { old in
            newName.withCString { new in filmroom_rename_new(descriptor, old, target.descriptor, new) }
        }
        if result == 0 { return }
        guard errno == EINVAL || errno == ENOSYS else { throw .last("rename", path(of: name)) }
        // The file system does not know RENAME_NOREPLACE: look, then rename.
        guard try target.status(of: newName) == nil else {
            throw FilesError(operation: "rename", path: path(of: name), code: EEXIST)
        }
        try rename(name, to: target, as: newName)
    }

    /// Exchanges two names in here, in one step.
    ///
    /// - Returns: false when the file system does not know how.
    package func exchange(_ name: FileName, with other: FileName) throws(FilesError) -> Bool {
        let result = name.withCString { first in
            other.withCString { second in filmroom_rename_exchange(descriptor, first, descriptor, second) }
        }
        if result == 0 { return true }
        guard errno == EINVAL || errno == ENOSYS else { throw .last("exchange", path(of: name)) }
        return false
    }

    /// Removes a file's name.
    ///
    /// - Returns: false when there was none.
    @discardableResult
    package func removeFile(_ name: FileName) throws(FilesError) -> Bool {
        if name.withCString({ unlinkat(descriptor, $0, 0) }) == 0 { return true }
        guard errno == ENOENT else { throw .last("remove", path(of: name)) }
        return false
    }

    /// Removes an empty folder.
    ///
    /// - Returns: false when something is in it, or it is not there.
    @discardableResult
    package func removeDirectory(_ name: FileName) throws(FilesError) -> Bool {
        if name.withCString({ unlinkat(descriptor, $0, AT_REMOVEDIR) }) == 0 { return true }
        guard errno == ENOTEMPTY || errno == EEXIST || errno == ENOENT else { throw .last("remove", path(of: name)) }
        return false
    }

    /// Removes whatever stands at a name, with all that is in it. Links are removed, not followed.
    package func removeTree(_ name: FileName) throws(FilesError) {
        guard let status = try status(of: name) else { return }
        guard status.kind == .directory else {
            try removeFile(name)
            return
        }
        let folder = try open(name)
        for inner in try folder.names() { try folder.removeTree(inner) }
        try removeDirectory(name)
    }

    /// Makes the names in here durable.
    package func synchronize() throws(FilesError) {
        guard OpenFile.retrying({ fsync(descriptor) }) == 0 else { throw .last("fsync", path) }
    }

    /// Makes all that was written to its file system durable: for many files at once, which each have to wait otherwise.
    package func synchronizeFileSystem() throws(FilesError) {
        guard OpenFile.retrying({ filmroom_sync_file_system(descriptor) }) == 0 else { throw .last("syncfs", path) }
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> FileName? {
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
        let characters = UnsafeRawPointer(entry).advanced(by: offset)
        let count = strlen(characters.assumingMemoryBound(to: CChar.self))
        return FileName(bytes: Array(UnsafeRawBufferPointer(start: characters, count: count)))
    }
}
