// Memory in pieces of one size, through which the bytes of drops go without being copied.
//
// Invariant: a chunk's memory stays as it was read as long as anybody has the chunk or a span of it; then the next
// reader gets it, warm, since fresh pages cost more than reading into them.

internal import Files
internal import Foundation

/// One piece of memory, lent by a pool.
final class Chunk: @unchecked Sendable {
    static let byteCount = 1 << 20

    let memory: UnsafeMutableRawBufferPointer
    private let pool: ChunkPool

    fileprivate init(_ memory: UnsafeMutableRawBufferPointer, _ pool: ChunkPool) {
        self.memory = memory
        self.pool = pool
    }

    deinit {
        pool.reclaim(memory)
    }

    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: memory[range])
    }

    /// Where some bytes lie in this chunk; nil when they lie elsewhere.
    func range(of bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        guard let start = bytes.baseAddress, let base = memory.baseAddress else { return nil }
        let offset = start - UnsafeRawPointer(base)
        guard offset >= 0, offset + bytes.count <= memory.count else { return nil }
        return offset..<offset + bytes.count
    }
}

/// Some bytes of a chunk, which they keep alive.
struct Span: Sendable {
    let chunk: Chunk
    let range: Range<Int>

    /// Valid as long as the span.
    var bytes: UnsafeRawBufferPointer { chunk.bytes(range) }
}

/// Lends chunks and takes them back.
final class ChunkPool: @unchecked Sendable {
    /// The pool of all drops: what one has used the next one finds warm.
    static let shared = ChunkPool()

    /// Memory that is kept while nobody wants it, in chunks.
    private static let idleLimit = 32

    private let lock = NSLock()
    private var idle: [UnsafeMutableRawBufferPointer] = []

    /// A chunk with whatever was in it.
    func chunk() -> Chunk {
        lock.lock()
        defer { lock.unlock() }
        return Chunk(idle.popLast() ?? .allocate(byteCount: Chunk.byteCount, alignment: 4096), self)
    }

    fileprivate func reclaim(_ memory: UnsafeMutableRawBufferPointer) {
        lock.lock()
        defer { lock.unlock() }
        if idle.count < Self.idleLimit { idle.append(memory) } else { memory.deallocate() }
    }
}

/// Fills chunks one after the other with bytes that lie elsewhere.
struct ChunkFiller {
    private var chunk: Chunk?
    private var used = 0

    /// Less than this at a chunk's end is not read into.
    private static let leastRead = 64 << 10

    mutating func copy(_ bytes: UnsafeRawBufferPointer) -> [Span] {
        var spans: [Span] = []
        var rest = bytes
        while !rest.isEmpty {
            let target = chunk(withRoom: 1)
            let count = min(rest.count, Chunk.byteCount - used)
            UnsafeMutableRawBufferPointer(rebasing: target.memory[used..<used + count])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
            spans.append(take(count, of: target))
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return spans
    }

    /// The next bytes of a file; nil at its end.
    mutating func read(_ file: OpenFile) throws(FilesError) -> Span? {
        let target = chunk(withRoom: Self.leastRead)
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: target.memory[used...]))
        return count == 0 ? nil : take(count, of: target)
    }

    private mutating func take(_ count: Int, of target: Chunk) -> Span {
        defer { used += count }
        return Span(chunk: target, range: used..<used + count)
    }

    private mutating func chunk(withRoom byteCount: Int) -> Chunk {
        if let chunk, Chunk.byteCount - used >= byteCount { return chunk }
        let fresh = ChunkPool.shared.chunk()
        chunk = fresh
        used = 0
        return fresh
    }
}
