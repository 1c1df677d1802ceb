// Fills batches with files and sends them through the pipeline; streams the files that are too large for one.
//
// Invariants: files are delivered to the assembler in the order in which they are added; a file is added as a whole
// or, when it cannot be read to its end, as a refusal without bytes. What a file's digest is to be known for is sent to
// be hashed before anybody waits for it.

internal import Archive
internal import DICOM
internal import Files
internal import Pipeline

/// Gives the next piece of a file, valid until the next call; nil at the file's end.
typealias PieceSource = () throws -> UnsafeRawBufferPointer?
/// Gives the next bytes of a file where they stay; nil at the file's end.
typealias SpanSource = () throws -> [Span]?

/// Takes in the files of a drop one after the other.
final class BatchFiller {
    private let assembler: DropAssembler
    private let pipeline: OrderedPipeline<ImageBatch>
    private var current = ImageBatch()
    private var chunks = ChunkFiller()

    /// The drop's own bytes, while files are found in them; it then hashes the files too.
    var source: HashedChunkSource?

    /// The largest file that is held in memory as a whole; larger ones are streamed.
    static let wholeFileByteCount = 20 << 20
    /// Memory of all batches under way, in bytes.
    private static let weightLimit = 48 << 20

    init(assembler: DropAssembler, threads: Int) {
        self.assembler = assembler
        pipeline = OrderedPipeline(
            threads: threads, weightLimit: Self.weightLimit, work: { $0.identify(SHA256()) },
            deliver: { batch in
                batch.awaitDigests()
                try assembler.take(batch)
            })
    }

    /// Adds a file that is not read, with what is to be said of it.
    func add(path: String, refusal: ImageVerdict, note: String? = nil) throws {
        try add(ImageBatch.File(path: path, refusal: refusal, note: note))
    }

    /// Adds a file that comes in pieces.
    ///
    /// - Throws: What `next` throws; nothing of the file was added then.
    func add(path: String, note: String?, next: PieceSource) throws {
        source?.beginFile()
        try collect(ImageBatch.File(path: path, refusal: nil, note: note), digest: source.map(Self.digest)) {
            try next().map { source?.take($0) ?? chunks.copy($0) }
        }
    }

    /// Adds a file that is open.
    ///
    /// - Parameters:
    ///   - digest: Gives its digest once all was read.
    ///   - onRead: Called with each piece of it.
    func add(
        path: String, file: OpenFile, digest: @escaping () -> SHA256Digest, onRead: (UnsafeRawBufferPointer) -> Void
    ) throws {
        try collect(ImageBatch.File(path: path, refusal: nil, note: nil), digest: digest) {
            guard let span = try chunks.read(file) else { return nil }
            onRead(span.bytes)
            return [span]
        }
    }

    /// Waits until everything is with the assembler.
    func drain() throws {
        try submit()
        try pipeline.drain()
    }

    /// Ends the threads.
    func close() { pipeline.close() }

    private func add(_ file: ImageBatch.File) throws {
        current.add(file)
        if current.isFull { try submit() }
    }

    private func submit() throws {
        guard !current.files.isEmpty else { return }
        let batch = current
        current = ImageBatch(after: batch)
        batch.ticket = source?.send()
        try pipeline.submit(batch, weight: batch.weight)
    }

    /// - Parameter digest: Gives the file's digest at its end, where it is not left to the pipeline.
    private func collect(_ empty: ImageBatch.File, digest: (() -> SHA256Digest)?, next: SpanSource) throws {
        var file = empty
        var byteCount = 0
        while let spans = try next() {
            file.spans += spans
            byteCount += spans.reduce(0) { $0 + $1.range.count }
            if byteCount > Self.wholeFileByteCount { return try stream(file, digest: digest, next: next) }
        }
        if let source { file.hashed = source.endFile() } else { file.digest = digest?() }
        try add(file)
    }

    /// Streams a file that no batch can hold, of which the beginning was read.
    private func stream(_ file: ImageBatch.File, digest: (() -> SHA256Digest)?, next: SpanSource) throws {
        try drain()
        let image = LargeImage(path: file.path, note: file.note, assembler: assembler)
        try image.take(head: file.spans, digest: digest, next: next)
    }

    /// The digest of a file that the source has hashed, waited for.
    private static func digest(of source: HashedChunkSource) -> () -> SHA256Digest {
        {
            let digest = source.endFile()
            source.send().wait()
            guard let value = digest.value else { preconditionFailure("a file's end comes with its digest") }
            return value
        }
    }
}
