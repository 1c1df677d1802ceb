// Some files of a drop in one piece of memory, on their way through the pipeline.
//
// A batch holds many small files or one larger one. Its memory comes from a pool and goes back there, since fresh
// pages cost more than the copy into them.

internal import Files
internal import Foundation

/// Files that travel together.
final class ImageBatch: @unchecked Sendable {
    struct File {
        let path: String
        let offset: Int
        let byteCount: Int
        /// Says why the file was not read; its bytes are not here then.
        let refusal: ImageVerdict?
        /// Added to the receipt's reason, such as that the path occurs twice.
        let note: String?
        var digest: SHA256Digest?
        var verdict: ImageVerdict?
    }

    let memory: UnsafeMutableRawBufferPointer
    private(set) var used = 0
    var files: [File] = []

    init(memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    var free: Int { memory.count - used }

    /// Where the next bytes go.
    var tail: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(rebasing: memory[used...]) }

    /// Takes in a file whose bytes were put at `tail`.
    func add(path: String, byteCount: Int, note: String?) {
        files.append(File(path: path, offset: used, byteCount: byteCount, refusal: nil, note: note))
        used += byteCount
    }

    /// Takes in a file of which nothing was read.
    func add(path: String, refusal: ImageVerdict, note: String? = nil) {
        files.append(File(path: path, offset: used, byteCount: 0, refusal: refusal, note: note))
    }

    func bytes(of file: File) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: memory[file.offset..<file.offset + file.byteCount])
    }

    func empty() {
        used = 0
        files.removeAll(keepingCapacity: true)
    }

    /// Hashes and identifies all files.
    ///
    /// - Parameter hash: One that belongs to the calling thread.
    func identify(_ hash: SHA256) {
        for index in files.indices {
            if let refusal = files[index].refusal {
                files[index].verdict = refusal
                continue
            }
            let bytes = bytes(of: files[index])
            hash.update(bytes)
            files[index].digest = hash.finish()
            files[index].verdict = ImageFile.verdict(path: files[index].path, bytes: bytes)
        }
    }
}

/// Lends memory to batches.
final class BatchPool: @unchecked Sendable {
    /// Memory of an ordinary batch, in bytes.
    static let ordinaryByteCount = 1 << 20
    /// The largest file that is held in memory as a whole; larger ones are streamed.
    static let wholeFileByteCount = 20 << 20

    private let lock = NSLock()
    private var idle: [Int: [UnsafeMutableRawBufferPointer]] = [:]

    deinit {
        for memory in idle.values.joined() { memory.deallocate() }
    }

    /// A batch with room for at least `byteCount` bytes.
    func batch(byteCount: Int = ordinaryByteCount) -> ImageBatch {
        let size = byteCount <= Self.ordinaryByteCount ? Self.ordinaryByteCount : Self.wholeFileByteCount
        lock.lock()
        defer { lock.unlock() }
        let memory =
            idle[size]?.popLast() ?? UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)
        return ImageBatch(memory: memory)
    }

    /// Takes the memory of a batch back.
    func reclaim(_ batch: ImageBatch) {
        lock.lock()
        idle[batch.memory.count, default: []].append(batch.memory)
        lock.unlock()
    }
}
