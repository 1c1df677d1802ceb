// Copies a stored image out of its pack: read once, compared with its receipt's digest, its attributes kept from what
// passed by.
//
// Memory: one buffer and the attributes, up to a limit.

internal import Archive
internal import Catalog
internal import DICOM
internal import Files
internal import Spool

struct StoredCopy {
    private let stored: StoredImage
    private let reader: PackReader

    /// How much of a file is looked through for what stands before its pixels.
    private static let headerByteCount = 4 << 20
    /// Documents have large values that are no pixels: they are looked through as a whole.
    private static let documentByteCount = 64 << 20

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
            if start.count < Self.headerByteCount { start += bytes.prefix(Self.headerByteCount - start.count) }
            body(bytes)
        }
        return Self.header(start)
    }

    private func check(_ digest: SHA256Digest) throws {
        guard digest == stored.sha256 else {
            throw ArchiveError.damagedPack(path: reader.path, reason: "\(stored.sopInstanceUID) is not what was stored")
        }
    }

    /// The attributes of a file that was made; none of one that cannot be read so far.
    static func header(ofFile path: String) throws(FilesError) -> DataSet {
        try file(path)?.dataSet ?? DataSet()
    }

    /// What stands in a file before its pixels; nil when it cannot be read so far.
    static func file(_ path: String) throws(FilesError) -> DICOMFile? {
        let file = try OpenFile.read(path)
        let byteCount = try file.status().byteCount
        if let start = read(try bytes(of: file, count: headerByteCount)) { return start }
        guard byteCount > headerByteCount, byteCount <= documentByteCount else { return nil }
        return read(try bytes(of: file, count: Int(byteCount)))
    }

    private static func bytes(of file: OpenFile, count: Int) throws(FilesError) -> [UInt8] {
        var start = [UInt8](repeating: 0, count: count)
        let done = try start.withUnsafeMutableBytes { buffer in
            Result { () throws(FilesError) in try file.read(into: buffer, at: 0) }
        }.get()
        return Array(start[..<done])
    }

    private static func read(_ start: [UInt8]) -> DICOMFile? {
        do throws(DICOMError) { return try DataSetReader.read(start, stopsBeforePixelData: true) } catch { return nil }
    }

    /// The attributes at the start of a file.
    static func header(_ start: [UInt8]) -> DataSet {
        read(start)?.dataSet ?? DataSet()
    }
}
