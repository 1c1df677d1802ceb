// The bytes of a pack's tar, wherever and however they lie.

internal import Files

/// A tar that can be read at any place.
protocol PackBytes: Sendable {
    /// Of the tar, whatever its file takes.
    var byteCount: Int64 { get throws(ArchiveError) }

    /// Of the file.
    func status() throws(ArchiveError) -> FileStatus

    /// Reads up to the buffer's size from `offset`; fewer bytes only at the tar's end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(ArchiveError) -> Int

    /// What is wrong with what is around the tar; nil when that is sound.
    func envelopeFinding() throws(ArchiveError) -> String?
}

/// A tar as it is.
struct PlainPack: PackBytes {
    let file: OpenFile

    var byteCount: Int64 {
        get throws(ArchiveError) { try status().byteCount }
    }

    func status() throws(ArchiveError) -> FileStatus {
        try ArchiveError.wrap { () throws(FilesError) in try file.status() }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(ArchiveError) -> Int {
        try ArchiveError.wrap { () throws(FilesError) in try file.read(into: buffer, at: offset) }
    }

    func envelopeFinding() -> String? { nil }
}
