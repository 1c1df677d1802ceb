// Copies a stored image out of its pack: read once, compared with its receipt's digest, its attributes kept from what
// passed by.
//
// Memory: one buffer and the attributes, up to a limit.

internal import Archive
internal import Catalog
internal import DICOM
internal import Files
internal import Spool
internal import Viewing

struct StoredCopy {
    private let stored: StoredImage
    private let reader: PackReader

    init(_ stored: StoredImage, from reader: PackReader) {
        self.stored = stored
        self.reader = reader
    }

    /// Into an outbound folder.
    ///
    /// - Returns: The file's attributes before the pixel data; none of one that cannot be read so far.
    /// - Throws: `.damagedPack` when it is not what was stored.
    func write(to piece: OutboundPiece) throws -> DataSet {
        var failure: SpoolError?
        let header = try read { bytes in
            do throws(SpoolError) { try piece.write(bytes) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        try check(try piece.finish())
        return header
    }

    /// Into a file that is nobody's yet.
    func write(to file: OpenFile) throws -> DataSet {
        let hash = SHA256()
        var failure: FilesError?
        let header = try read { bytes in
            hash.update(bytes)
            do throws(FilesError) { try file.write(bytes) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        try check(hash.finish())
        return header
    }

    private func read(_ body: (UnsafeRawBufferPointer) -> Void) throws -> DataSet {
        var start: [UInt8] = []
        try reader.forEachChunk(at: stored.offset, count: stored.byteCount) { bytes in
            if start.count < FileHeader.byteCount { start += bytes.prefix(FileHeader.byteCount - start.count) }
            body(bytes)
        }
        return FileHeader.attributes(start)
    }

    private func check(_ digest: SHA256Digest) throws {
        guard digest == stored.sha256 else {
            throw ArchiveError.damagedPack(path: reader.path, reason: "\(stored.sopInstanceUID) is not what was stored")
        }
    }
}
