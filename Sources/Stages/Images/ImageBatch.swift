// Some files of a drop on their way through the pipeline: many small ones, or one larger one.
//
// Their bytes stay in the chunks into which they were read or unpacked.

internal import Files

/// Files that travel together.
final class ImageBatch: @unchecked Sendable {
    struct File {
        let path: String
        /// The file's bytes in their order.
        var spans: [Span] = []
        /// Says why the file was not read; its bytes are not here then.
        let refusal: ImageVerdict?
        /// Added to the receipt's reason, such as that the path occurs twice.
        let note: String?
        /// Who else hashes the file; nil when nobody does.
        var hashed: FileDigest?
        var digest: SHA256Digest?
        var verdict: ImageVerdict?

        var byteCount: Int { spans.reduce(0) { $0 + $1.range.count } }
        var pieces: [UnsafeRawBufferPointer] { spans.map(\.bytes) }
    }

    private(set) var files: [File] = []
    private(set) var byteCount = 0
    /// Chunks that its files keep alive, that of the batch before not counted.
    private(set) var chunkCount = 0
    private var lastChunk: Chunk?
    /// What to wait for before `hashed` holds digests.
    var ticket: HashTicket?

    /// What is worth a way through the pipeline, in bytes.
    static let usualByteCount = 2 << 20
    private static let fileLimit = 256
    private static let chunkLimit = 24

    /// - Parameter earlier: The batch before.
    init(after earlier: ImageBatch? = nil) {
        lastChunk = earlier?.lastChunk
    }

    var isFull: Bool {
        files.count >= Self.fileLimit || byteCount >= Self.usualByteCount || chunkCount >= Self.chunkLimit
    }

    /// The memory that it holds, in bytes.
    var weight: Int { max(byteCount, chunkCount * Chunk.byteCount) }

    func add(_ file: File) {
        files.append(file)
        for span in file.spans {
            byteCount += span.range.count
            if span.chunk !== lastChunk { chunkCount += 1 }
            lastChunk = span.chunk
        }
    }

    /// Identifies all files, and hashes those that nobody else does.
    ///
    /// - Parameter hash: One that belongs to the calling thread.
    func identify(_ hash: SHA256) {
        for index in files.indices {
            if let refusal = files[index].refusal {
                files[index].verdict = refusal
                continue
            }
            if files[index].hashed == nil, files[index].digest == nil {
                for span in files[index].spans { hash.update(span.bytes) }
                files[index].digest = hash.finish()
            }
            files[index].verdict = ImageFile.verdict(path: files[index].path, pieces: files[index].pieces)
        }
    }

    /// Waits for the digests that others compute.
    func awaitDigests() {
        ticket?.wait()
        for index in files.indices {
            if let hashed = files[index].hashed { files[index].digest = hashed.value }
        }
    }
}
