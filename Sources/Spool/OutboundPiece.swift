// One file of an outbound folder while it is written: its digest is made of what goes in, so that nothing is read again.
//
// Writing back begins while it is still written; it is durable with its folder.

package import Files

/// A file of an outbound folder in the making.
package final class OutboundPiece {
    private let folder: OutboundFolder
    private let name: String
    private let file: OpenFile
    private let hash = SHA256()
    /// Bytes so far.
    package private(set) var byteCount: Int64 = 0
    private var writebackStart: Int64 = 0

    private static let writebackByteCount: Int64 = 8 << 20

    init(folder: OutboundFolder, name: String, file: OpenFile) {
        self.folder = folder
        self.name = name
        self.file = file
    }

    /// Appends bytes.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(SpoolError) {
        hash.update(bytes)
        try SpoolError.wrap { () throws(FilesError) in try file.write(bytes) }
        byteCount += Int64(bytes.count)
        guard byteCount - writebackStart >= Self.writebackByteCount else { return }
        file.startWriteback(at: writebackStart, count: byteCount - writebackStart)
        writebackStart = byteCount
    }

    /// Takes it into `SHA256SUMS`.
    package func finish() throws(SpoolError) -> SHA256Digest {
        if byteCount > writebackStart { file.startWriteback(at: writebackStart, count: byteCount - writebackStart) }
        let digest = hash.finish()
        folder.take(name, digest)
        return digest
    }
}
