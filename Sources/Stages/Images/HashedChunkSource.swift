// A file's bytes in chunks, hashed behind the reader's back: the file as a whole, and the files in it that the reader
// finds, both in one pass over the same memory.
//
// Invariants: the bytes that are handed on are the bytes that are hashed, from the same memory: a sender that still
// writes to the file cannot make them differ. Bytes go to the line in the order in which they lie in the file, each once.

internal import Files

/// Reads and hashes a file from front to back.
final class HashedChunkSource {
    private let file: OpenFile
    private let onRead: @Sendable (Int) -> Void
    private let line = HashLine()
    private var chunk: Chunk?
    /// Bytes that are in the chunk, and bytes of them that are in steps already.
    private var count = 0
    private var planned = 0
    private var steps: [HashLine.Step] = []
    private var stepByteCount = 0
    private var filler = ChunkFiller()
    private var isEnded = false
    private(set) var byteCount: Int64 = 0

    /// Steps of many small files that travel together.
    private static let stepLimit = 256

    /// - Parameter onRead: Called with the size of each chunk as it is read.
    init(_ file: OpenFile, onRead: @escaping @Sendable (Int) -> Void) {
        self.file = file
        self.onRead = onRead
        file.willReadSequentially()
    }

    /// The next bytes, valid until the next call; nil at the end.
    func next() throws(FilesError) -> UnsafeRawBufferPointer? {
        leaveChunk()
        guard !isEnded else { return nil }
        line.waitForRoom()
        let fresh = ChunkPool.shared.chunk()
        count = try file.read(into: fresh.memory)
        isEnded = count == 0
        guard !isEnded else { return nil }
        chunk = fresh
        byteCount += Int64(count)
        onRead(count)
        return fresh.bytes(0..<count)
    }

    /// Reads what is left and gives the digest of the whole file.
    func finish() throws(FilesError) -> SHA256Digest {
        while try next() != nil {}
        return line.finish()
    }

    /// Ends the thread and waits for it.
    func close() { line.close() }

    // MARK: Files in the file

    /// What comes now is a file of its own; one that was not ended is given up.
    func beginFile() { steps.append(.beginFile) }

    /// Takes bytes of the file: as they lie in the chunk, or copied when they lie elsewhere.
    func take(_ bytes: UnsafeRawBufferPointer) -> [Span] {
        guard let chunk, let range = chunk.range(of: bytes), range.lowerBound >= planned, range.upperBound <= count
        else {
            let spans = filler.copy(bytes)
            for span in spans { plan(span, .part) }
            return spans
        }
        planGap(to: range.lowerBound)
        let span = Span(chunk: chunk, range: range)
        planned = range.upperBound
        plan(span, .both)
        return [span]
    }

    /// Ends the file.
    ///
    /// - Returns: Its digest, there when `send()` was called and its ticket waited for.
    func endFile() -> FileDigest {
        let digest = FileDigest()
        steps.append(.endFile(digest))
        if steps.count >= Self.stepLimit { _ = send() }
        return digest
    }

    /// Sends on what was taken until now.
    func send() -> HashTicket {
        let number = line.send(steps, byteCount: stepByteCount)
        steps.removeAll(keepingCapacity: true)
        stepByteCount = 0
        return HashTicket(line: line, number: number)
    }

    private func leaveChunk() {
        planGap(to: count)
        chunk = nil
        count = 0
        planned = 0
        if !steps.isEmpty { _ = send() }
    }

    private func planGap(to end: Int) {
        guard let chunk, planned < end else { return }
        plan(Span(chunk: chunk, range: planned..<end), .whole)
        planned = end
    }

    private func plan(_ span: Span, _ reach: PairedSHA256.Reach) {
        steps.append(.bytes(span, reach))
        stepByteCount += span.range.count
        // What is unpacked may be much more than what is read: it waits here too.
        guard stepByteCount >= Chunk.byteCount else { return }
        _ = send()
        line.waitForRoom()
    }
}

/// What to wait for before digests are read.
struct HashTicket: Sendable {
    fileprivate let line: HashLine
    fileprivate let number: Int

    func wait() { line.wait(until: number) }
}
