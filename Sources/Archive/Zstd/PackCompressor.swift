// Writes the tar of a pack as a compressed one, with a thread a core.
//
// Each thread reads a frame's worth of tar, packs it, and waits for its turn to write: so the file is the same however
// many there are. Memory: for each thread a frame's content, the frame, and zstd's own few MiB.

internal import Files
internal import Foundation

struct PackCompressor {
    let threads: Int

    /// - Returns: How many bytes were written.
    func write(_ source: any PackBytes, to target: OpenFile) throws(ArchiveError) -> Int64 {
        let total = try source.byteCount
        let step = Int64(SeekTable.frameByteCount)
        let output = FrameOutput(target: target, count: Int((total + step - 1) / step))
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, output.count))) { _ in
            let encoder = FrameEncoder(byteCount: SeekTable.frameByteCount)
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: SeekTable.frameByteCount, alignment: 4096)
            defer { buffer.deallocate() }
            while let index = output.next() {
                let wanted = Int(min(step, total - Int64(index) * step))
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
                do throws(ArchiveError) {
                    guard try source.read(into: part, at: Int64(index) * step) == wanted else {
                        throw .damagedPack(path: target.path, reason: "the pack became shorter while it was read")
                    }
                    let content = UnsafeRawBufferPointer(part)
                    try output.append(encoder.pack(content), plain: wanted, at: index)
                } catch { output.fail(error) }
            }
        }
        return try output.finish()
    }
}

/// The frames in their order, from several threads.
private final class FrameOutput: @unchecked Sendable {
    let count: Int
    private let target: OpenFile
    private let condition = NSCondition()
    private let hash = SHA256()
    private var table = SeekTable()
    private var taken = 0
    private var written = 0
    private var failure: ArchiveError?

    init(target: OpenFile, count: Int) {
        self.target = target
        self.count = count
    }

    /// The next frame to be made; nil when there is none, or something failed.
    func next() -> Int? {
        condition.lock()
        defer { condition.unlock() }
        guard failure == nil, taken < count else { return nil }
        defer { taken += 1 }
        return taken
    }

    /// Writes a frame when all before it are written.
    func append(_ frame: UnsafeRawBufferPointer, plain: Int, at index: Int) throws(ArchiveError) {
        condition.lock()
        defer { condition.unlock() }
        while written < index, failure == nil { condition.wait() }
        guard failure == nil else { return }
        let start = table.storedEnd
        try ArchiveError.wrap { () throws(FilesError) in try target.write(frame, at: start) }
        target.startWriteback(at: start, count: Int64(frame.count))
        hash.update(frame)
        table.append(stored: frame.count, plain: plain)
        written += 1
        condition.broadcast()
    }

    func fail(_ error: ArchiveError) {
        condition.lock()
        failure = failure ?? error
        condition.broadcast()
        condition.unlock()
    }

    /// Writes the end.
    func finish() throws(ArchiveError) -> Int64 {
        if let failure { throw failure }
        let end = SeekTable.digestFrame(hash.finish()) + table.bytes
        let start = table.storedEnd
        let result: Result<Void, FilesError> = end.withUnsafeBytes { bytes in
            do throws(FilesError) { return .success(try target.write(bytes, at: start)) } catch {
                return .failure(error)
            }
        }
        try ArchiveError.wrap { () throws(FilesError) in try result.get() }
        return start + Int64(end.count)
    }
}
