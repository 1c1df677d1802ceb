// Chunks that are pulled from a closure: the caller's stream, or an entry of the archive around.
//
// The first bytes can be looked at before they are read. Chunks are handed through as they come,
// except for a front that arrives in pieces too small to be looked at.

final class StreamFeed: ByteFeed {
    typealias Pull = () throws -> UnsafeRawBufferPointer?

    private let pull: Pull
    private let meter: Meter?
    private var held: UnsafeRawBufferPointer?
    private var gathered: [UInt8] = []
    private var gatheredChunk: UnsafeMutableRawBufferPointer?
    private var isAtEnd = false
    private(set) var offset: Int64 = 0

    /// - Parameter meter: Counts the chunks as packed bytes; nil for an archive inside another.
    init(meter: Meter?, pull: @escaping Pull) {
        self.pull = pull
        self.meter = meter
    }

    deinit {
        gatheredChunk?.deallocate()
    }

    /// The first bytes, which `nextChunk()` then brings again.
    ///
    /// - Returns: At least `byteCount` bytes, or all there are.
    func peek(_ byteCount: Int) throws(BundleError) -> UnsafeRawBufferPointer {
        precondition(offset == 0 && held == nil, "looked at once, before the first read")
        while let chunk = try pullChunk() {
            if gathered.isEmpty && chunk.count >= byteCount {
                held = chunk
                return chunk
            }
            gathered.append(contentsOf: chunk)
            if gathered.count >= byteCount { break }
        }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: gathered.count, alignment: 16)
        buffer.copyBytes(from: gathered)
        gathered = []
        gatheredChunk = buffer
        held = UnsafeRawBufferPointer(buffer)
        return UnsafeRawBufferPointer(buffer)
    }

    func nextChunk() throws(BundleError) -> UnsafeRawBufferPointer? {
        let chunk: UnsafeRawBufferPointer?
        if let first = held {
            held = nil
            chunk = first.isEmpty ? try pullChunk() : first
        } else {
            chunk = try pullChunk()
        }
        offset += Int64(chunk?.count ?? 0)
        return chunk
    }

    /// A chunk that is not empty; nil at the end, and from then on.
    private func pullChunk() throws(BundleError) -> UnsafeRawBufferPointer? {
        while !isAtEnd {
            guard let chunk = try pullOnce() else { break }
            if chunk.isEmpty { continue }
            meter?.addPacked(chunk.count)
            return chunk
        }
        isAtEnd = true
        return nil
    }

    private func pullOnce() throws(BundleError) -> UnsafeRawBufferPointer? {
        do {
            return try pull()
        } catch let error as BundleError {
            throw error
        } catch {
            throw .source(error)
        }
    }
}
