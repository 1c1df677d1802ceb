// Fills batches with files and sends them through the pipeline; streams the files that are too large for one.
//
// Invariants: files are delivered to the assembler in the order in which they are added; a file is added as a whole
// or, when it cannot be read to its end, as a refusal without bytes.

internal import Archive
internal import DICOM
internal import Files
internal import Pipeline

/// Gives the next piece of a file, valid until the next call; nil at the file's end.
typealias PieceSource = () throws -> UnsafeRawBufferPointer?

/// Takes in the files of a drop one after the other.
final class BatchFiller {
    private let pool = BatchPool()
    private let assembler: DropAssembler
    private let pipeline: OrderedPipeline<ImageBatch>
    private var current: ImageBatch

    /// Memory of all batches under way, in bytes.
    private static let weightLimit = 64 << 20
    private static let fileLimitOfBatch = 128

    init(assembler: DropAssembler, threads: Int) {
        let pool = self.pool
        self.assembler = assembler
        current = pool.batch()
        pipeline = OrderedPipeline(
            threads: threads, weightLimit: Self.weightLimit, work: { $0.identify(SHA256()) },
            deliver: { batch in
                try assembler.take(batch)
                batch.empty()
                pool.reclaim(batch)
            })
    }

    /// Adds a file that is not read, with what is to be said of it.
    func add(path: String, refusal: ImageVerdict, note: String? = nil) throws {
        current.add(path: path, refusal: refusal, note: note)
        if current.files.count >= Self.fileLimitOfBatch { try submit() }
    }

    /// Adds a file.
    ///
    /// - Parameter declaredByteCount: Its size as far as it is known; only chooses the memory.
    /// - Throws: What `next` throws; nothing of the file was added then.
    func add(path: String, note: String?, declaredByteCount: Int64?, next: PieceSource) throws {
        try makeRoom(declaredByteCount ?? Int64(BatchPool.wholeFileByteCount))
        var count = 0
        while let piece = try next() {
            if count + piece.count > current.free {
                guard current.files.isEmpty, current.memory.count >= BatchPool.wholeFileByteCount else {
                    try grow(keeping: count)
                    if count + piece.count > current.free {
                        return try stream(path: path, note: note, head: count, piece: piece, next: next)
                    }
                    copy(piece, at: count)
                    count += piece.count
                    continue
                }
                return try stream(path: path, note: note, head: count, piece: piece, next: next)
            }
            copy(piece, at: count)
            count += piece.count
        }
        current.add(path: path, byteCount: count, note: note)
        if current.files.count >= Self.fileLimitOfBatch || current.free < Self.leastFree { try submit() }
    }

    /// Waits until everything is with the assembler.
    func drain() throws {
        if !current.files.isEmpty { try submit() }
        try pipeline.drain()
    }

    /// Ends the threads.
    func close() { pipeline.close() }

    private static let leastFree = 16 << 10

    private func makeRoom(_ byteCount: Int64) throws {
        if byteCount <= Int64(current.free) { return }
        if !current.files.isEmpty { try submit() }
        guard byteCount > Int64(current.memory.count), current.memory.count < BatchPool.wholeFileByteCount else {
            return
        }
        pool.reclaim(current)
        current = pool.batch(byteCount: BatchPool.wholeFileByteCount)
    }

    /// Moves the beginning of a file that turned out larger than thought to the largest batch.
    private func grow(keeping count: Int) throws {
        let larger = pool.batch(byteCount: BatchPool.wholeFileByteCount)
        larger.tail.copyMemory(from: UnsafeRawBufferPointer(rebasing: current.tail[..<count]))
        if current.files.isEmpty { pool.reclaim(current) } else { try send(current) }
        current = larger
    }

    private func copy(_ piece: UnsafeRawBufferPointer, at offset: Int) {
        UnsafeMutableRawBufferPointer(rebasing: current.tail[offset...]).copyMemory(from: piece)
    }

    /// Small files queue where packs are written; counting them threefold keeps that queue short.
    private static func weight(_ batch: ImageBatch) -> Int {
        batch.memory.count <= BatchPool.ordinaryByteCount ? 3 * batch.memory.count : batch.memory.count
    }

    private func submit() throws {
        try send(current)
        current = pool.batch()
    }

    private func send(_ batch: ImageBatch) throws {
        try pipeline.submit(batch, weight: Self.weight(batch))
    }

    /// Streams a file that no batch can hold: `head` bytes of it are in the current batch, then comes `piece`.
    private func stream(
        path: String, note: String?, head: Int, piece: UnsafeRawBufferPointer, next: PieceSource
    ) throws {
        let batch = current
        current = pool.batch()
        defer { pool.reclaim(batch) }
        try pipeline.drain()
        let image = LargeImage(path: path, note: note, assembler: assembler)
        try image.take(head: UnsafeRawBufferPointer(rebasing: batch.tail[..<head]), then: piece, next: next)
    }
}
