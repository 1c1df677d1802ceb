// A file's bytes in pieces, hashed on a thread of its own while the pieces are worked on.
//
// Invariants: the bytes that are handed on are the bytes that were hashed, from the same buffers: a sender that still
// writes to the file cannot make them differ. Memory: `ringCount` pieces of `chunkByteCount`.

internal import Files
internal import Foundation

/// Reads and hashes a file from front to back.
final class HashedChunkSource: @unchecked Sendable {
    private static let chunkByteCount = 1 << 20
    private static let ringCount = 6

    private let file: OpenFile
    private let onRead: @Sendable (Int) -> Void
    private let condition = NSCondition()
    private let ring: [UnsafeMutableRawBufferPointer]
    private var counts: [Int] = Array(repeating: 0, count: ringCount)
    /// Pieces that were read, and pieces that the consumer is done with.
    private var produced = 0
    private var released = 0
    private var isHeld = false
    private var isEnded = false
    private var isCancelled = false
    private var isThreadDone = false
    private var failure: FilesError?
    private var digest: SHA256Digest?
    private(set) var byteCount: Int64 = 0

    /// - Parameter onRead: Called with the size of each piece as it is read.
    init(_ file: OpenFile, onRead: @escaping @Sendable (Int) -> Void) {
        self.file = file
        self.onRead = onRead
        ring = (0..<Self.ringCount).map { _ in
            UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkByteCount, alignment: 4096)
        }
        let thread = Thread { self.readLoop() }
        thread.stackSize = 1 << 20
        thread.start()
    }

    deinit {
        for buffer in ring { buffer.deallocate() }
    }

    /// The next piece, valid until the next call; nil at the end.
    func next() throws(FilesError) -> UnsafeRawBufferPointer? {
        condition.lock()
        defer { condition.unlock() }
        if isHeld {
            released += 1
            isHeld = false
            condition.signal()
        }
        while produced == released, !isEnded, failure == nil { condition.wait() }
        if let failure { throw failure }
        guard produced > released else { return nil }
        isHeld = true
        let slot = released % Self.ringCount
        return UnsafeRawBufferPointer(rebasing: ring[slot][..<counts[slot]])
    }

    /// Reads what is left and gives the digest of the whole file.
    func finish() throws(FilesError) -> SHA256Digest {
        while try next() != nil {}
        close()
        guard let digest else { preconditionFailure("the end of a file comes with its digest") }
        return digest
    }

    /// Ends the thread and waits for it.
    func close() {
        condition.lock()
        isCancelled = true
        condition.broadcast()
        while !isThreadDone { condition.wait() }
        condition.unlock()
    }

    private func readLoop() {
        let hash = SHA256()
        while let slot = freeSlot() {
            do throws(FilesError) {
                let count = try file.read(into: ring[slot])
                if count == 0 { break }
                hash.update(UnsafeRawBufferPointer(rebasing: ring[slot][..<count]))
                onRead(count)
                publish(slot, count)
            } catch {
                condition.lock()
                failure = error
                condition.unlock()
                break
            }
        }
        condition.lock()
        digest = hash.finish()
        isEnded = true
        isThreadDone = true
        condition.broadcast()
        condition.unlock()
    }

    private func freeSlot() -> Int? {
        condition.lock()
        defer { condition.unlock() }
        while !isCancelled, produced - released >= Self.ringCount { condition.wait() }
        return isCancelled ? nil : produced % Self.ringCount
    }

    private func publish(_ slot: Int, _ count: Int) {
        condition.lock()
        counts[slot] = count
        produced += 1
        byteCount += Int64(count)
        condition.signal()
        condition.unlock()
    }
}
