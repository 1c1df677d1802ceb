// What stat tells of a file, as far as it is evidence here.
//
// The modification time is kept only to notice a change; it never says that a file is complete.

import Glibc

/// A file's kind, size and identity at one moment.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case file, directory
        case symbolicLink = "symbolic link"
        case fifo, socket
        case device
    }

    package let kind: Kind
    package let device: UInt64
    package let inode: UInt64
    package let byteCount: Int64
    package let linkCount: UInt64
    package let owner: UInt32
    package let permissions: UInt32
    /// Nanoseconds since 1970.
    package let modified: Int64
    /// Nanoseconds since 1970; the kernel's, which no sender can set.
    package let changed: Int64

    init(_ raw: stat) {
        kind = Self.kind(of: raw.st_mode)
        device = UInt64(raw.st_dev)
        inode = UInt64(raw.st_ino)
        byteCount = Int64(raw.st_size)
        linkCount = UInt64(raw.st_nlink)
        owner = raw.st_uid
        permissions = raw.st_mode & 0o7777
        modified = Int64(raw.st_mtim.tv_sec) * 1_000_000_000 + Int64(raw.st_mtim.tv_nsec)
        changed = Int64(raw.st_ctim.tv_sec) * 1_000_000_000 + Int64(raw.st_ctim.tv_nsec)
    }

    /// Whether both tell of the same file with the same content so far, whatever its name is now.
    ///
    /// A rename changes `changed` only, so that it is left out here.
    package func isSameContent(as other: FileStatus) -> Bool {
        device == other.device && inode == other.inode && byteCount == other.byteCount && modified == other.modified
    }

    private static func kind(of mode: UInt32) -> Kind {
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        case S_IFIFO: .fifo
        case S_IFSOCK: .socket
        default: .device
        }
    }
}
