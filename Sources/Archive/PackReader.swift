// Reads a pack: its manifest from the tail, its members by their place, and every byte of it when it is verified.
//
// Places and sizes are those of the tar, whether it lies plain or compressed. Invariant: memory is bounded by the manifest,
// one buffer and one frame, whatever the pack's size.

package import Files

/// An installed pack.
package struct PackReader: Sendable {
    package let path: String
    private let content: any PackBytes

    private static let manifestLimit: Int64 = 1 << 30
    private static let chunkByteCount = 1 << 20

    /// - Parameter path: Its ending tells the form.
    package init(path: String) throws(ArchiveError) {
        self.path = path
        let file = try ArchiveError.wrap { () throws(FilesError) in try OpenFile.read(path) }
        content = PackForm.split(path)?.form == .zstd ? try CompressedPack(file: file) : PlainPack(file: file)
    }

    /// Of the file.
    package func status() throws(ArchiveError) -> FileStatus { try content.status() }

    /// Bytes of the tar.
    package var byteCount: Int64 {
        get throws(ArchiveError) { try content.byteCount }
    }

    /// What is wrong with what is around the tar; nil when that is sound.
    func envelopeFinding() throws(ArchiveError) -> String? { try content.envelopeFinding() }

    /// The tar as a whole.
    var bytes: any PackBytes { content }

    /// The manifest's bytes and what they say.
    package func manifest() throws(ArchiveError) -> (bytes: [UInt8], manifest: PackManifest) {
        let size = try byteCount
        let end = size - Int64(2 * TarHeader.blockByteCount)
        guard end >= Int64(2 * TarHeader.blockByteCount), size % Int64(TarHeader.blockByteCount) == 0 else {
            throw .damagedPack(path: path, reason: "\(size) bytes are no whole pack")
        }
        let tail = try bytes(at: end - 64, count: 64)
        guard let count = PackManifest.byteCount(fromTail: tail), count <= min(end, Self.manifestLimit),
            count % Int64(TarHeader.blockByteCount) == 0
        else {
            throw .damagedPack(path: path, reason: "it does not end with a pack.json")
        }
        let json = try bytes(at: end - count, count: Int(count))
        return (json, try PackManifest.decoded(json, path: path))
    }

    /// Reads a part of the pack.
    package func bytes(at offset: Int64, count: Int) throws(ArchiveError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result: Result<Int, ArchiveError> = bytes.withUnsafeMutableBytes { buffer in
            do throws(ArchiveError) { return .success(try content.read(into: buffer, at: offset)) } catch {
                return .failure(error)
            }
        }
        let done = try result.get()
        guard done == count else {
            throw .damagedPack(path: path, reason: "it ends at byte \(offset + Int64(done)); it is cut off")
        }
        return bytes
    }

    /// Calls `body` with the pieces of a part, in order.
    package func forEachChunk(
        at offset: Int64, count: Int64, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(ArchiveError) {
        let size = max(1, min(count, Int64(Self.chunkByteCount)))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(size), alignment: 64)
        defer { buffer.deallocate() }
        var position = offset
        while position < offset + count {
            let wanted = Int(min(Int64(buffer.count), offset + count - position))
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
            let done = try content.read(into: part, at: position)
            guard done == wanted else {
                throw .damagedPack(path: path, reason: "it ends at byte \(position + Int64(done)); it is cut off")
            }
            body(UnsafeRawBufferPointer(part))
            position += Int64(wanted)
        }
    }
}
