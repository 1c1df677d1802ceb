// A compressed pack as the tar that it is of: any part of it, without unpacking the rest.
//
// Memory: the table, and the frame that was read last with what it was packed in. Safe to share: one lock.

internal import Files
internal import Foundation

/// A `.tar.zst` that is read.
final class CompressedPack: PackBytes, @unchecked Sendable {
    private let file: OpenFile
    private let table: SeekTable
    private let lock = NSLock()
    private let decoder = FrameDecoder()
    private var frame: Int?
    private var content: [UInt8] = []
    private var packed: [UInt8] = []

    private static let chunkByteCount = 1 << 20

    /// - Throws: `.damagedPack` when it does not end with a seek table of its frames.
    init(file: OpenFile) throws(ArchiveError) {
        self.file = file
        table = try Self.table(file)
    }

    var byteCount: Int64 { table.plainByteCount }

    func status() throws(ArchiveError) -> FileStatus {
        try ArchiveError.wrap { () throws(FilesError) in try file.status() }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(ArchiveError) -> Int {
        lock.lock()
        defer { lock.unlock() }
        var done = 0
        while done < buffer.count, let index = table.frame(at: offset + Int64(done)) {
            try load(index)
            let start = Int(offset + Int64(done) - table.plainStarts[index])
            let count = min(buffer.count - done, content.count - start)
            content.withUnsafeBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: buffer[done..<done + count])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
            }
            done += count
        }
        return done
    }

    /// The digest before the table vouches for every byte of the frames, those included that no content depends on.
    func envelopeFinding() throws(ArchiveError) -> String? {
        let hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkByteCount, alignment: 4096)
        defer { buffer.deallocate() }
        var position: Int64 = 0
        while position < table.storedEnd {
            let wanted = Int(min(Int64(buffer.count), table.storedEnd - position))
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
            try Self.fill(part, from: file, at: position)
            hash.update(UnsafeRawBufferPointer(part))
            position += Int64(wanted)
        }
        let expected = SeekTable.digestFrame(hash.finish())
        let found = try Self.bytes(file, at: table.storedEnd, count: expected.count)
        return found == expected ? nil : "its compressed bytes changed: their SHA-256 is not the one that it ends with"
    }

    private func load(_ index: Int) throws(ArchiveError) {
        guard frame != index else { return }
        frame = nil
        let entry = table.frames[index]
        Self.resize(&packed, to: Int(entry.stored))
        Self.resize(&content, to: Int(entry.plain))
        let file = file
        let start = table.storedStarts[index]
        let decoder = decoder
        let result: Result<String?, ArchiveError> = packed.withUnsafeMutableBytes { source in
            content.withUnsafeMutableBytes { target in
                do throws(ArchiveError) {
                    try Self.fill(source, from: file, at: start)
                    return .success(decoder.unpack(UnsafeRawBufferPointer(source), into: target))
                } catch { return .failure(error) }
            }
        }
        if let reason = try result.get() {
            throw .damagedPack(
                path: file.path,
                reason: "bytes \(table.plainStarts[index]) to \(table.plainStarts[index + 1]) of its tar: \(reason)")
        }
        frame = index
    }

    private static func resize(_ bytes: inout [UInt8], to count: Int) {
        if bytes.count > count { bytes.removeLast(bytes.count - count) }
        if bytes.count < count { bytes.append(contentsOf: repeatElement(0, count: count - bytes.count)) }
    }

    private static func table(_ file: OpenFile) throws(ArchiveError) -> SeekTable {
        let size = try ArchiveError.wrap { () throws(FilesError) in try file.status().byteCount }
        let footerStart = size - Int64(SeekTable.footerByteCount)
        if footerStart > 0,
            let count = SeekTable.byteCount(
                footer: try bytes(file, at: footerStart, count: SeekTable.footerByteCount), ofFile: size),
            let table = SeekTable(try bytes(file, at: size - Int64(count), count: count), fileByteCount: size)
        {
            return table
        }
        throw .damagedPack(path: file.path, reason: "its \(size) bytes do not end with the table of its frames")
    }

    private static func bytes(_ file: OpenFile, at offset: Int64, count: Int) throws(ArchiveError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result: Result<Void, ArchiveError> = bytes.withUnsafeMutableBytes { buffer in
            do throws(ArchiveError) { return .success(try fill(buffer, from: file, at: offset)) } catch {
                return .failure(error)
            }
        }
        try result.get()
        return bytes
    }

    private static func fill(
        _ buffer: UnsafeMutableRawBufferPointer, from file: OpenFile, at offset: Int64
    ) throws(ArchiveError) {
        let done = try ArchiveError.wrap { () throws(FilesError) in try file.read(into: buffer, at: offset) }
        guard done == buffer.count else {
            throw .damagedPack(path: file.path, reason: "it ends at byte \(offset + Int64(done)); it is cut off")
        }
    }
}
