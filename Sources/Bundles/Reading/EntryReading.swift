// libarchive's entry as a value of this module.

internal import CArchive
import Glibc

enum EntryReading {
    /// The kinds that `archive_entry_filetype` has: POSIX's own numbers.
    private enum FileType {
        static let regular: UInt32 = 0o100_000
        static let directory: UInt32 = 0o040_000
        static let link: UInt32 = 0o120_000
        static let character: UInt32 = 0o020_000
        static let block: UInt32 = 0o060_000
        static let fifo: UInt32 = 0o010_000
        static let socket: UInt32 = 0o140_000
    }

    /// - Parameter warning: What libarchive said of the header, nil when nothing.
    static func raw(of entry: OpaquePointer, warning: String?) -> RawEntry {
        RawEntry(
            nameBytes: name(of: entry), kind: kind(of: entry, warning: warning),
            declaredByteCount: archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : nil)
    }

    private static func name(of entry: OpaquePointer) -> [UInt8] {
        guard let name = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry) else { return [] }
        return Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
    }

    private static func kind(of entry: OpaquePointer, warning: String?) -> BundleEntry.Kind {
        if let target = archive_entry_hardlink(entry) { return .refused(.link(target: text(target))) }
        if archive_entry_is_encrypted(entry) != 0 { return .refused(.encrypted) }
        switch archive_entry_filetype(entry) {
        case FileType.regular: return file(warning)
        case FileType.directory: return .directory
        case FileType.link: return .refused(.link(target: archive_entry_symlink(entry).map(text) ?? ""))
        case FileType.character, FileType.block: return .refused(.device)
        case FileType.fifo: return .refused(.fifo)
        case FileType.socket: return .refused(.socket)
        default: return .refused(.unknownType)
        }
    }

    /// A name that libarchive could not convert is a label that reads badly; any other warning is damage.
    private static func file(_ warning: String?) -> BundleEntry.Kind {
        guard let warning, !warning.contains("can't be converted"), !warning.contains("cannot be converted") else {
            return .file
        }
        return .refused(.damaged(warning))
    }

    private static func text(_ pointer: UnsafePointer<CChar>) -> String {
        NameText.escaped(String(cString: pointer))
    }
}
