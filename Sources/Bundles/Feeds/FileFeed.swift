// The bytes of an open file, read by position.
//
// Never moves the descriptor's own offset and never closes it: it is the caller's, or a spooled file's.

import Glibc

final class FileFeed: ByteFeed {
    private let descriptor: Int32
    private let meter: Meter?
    private let buffer: UnsafeMutableRawBufferPointer
    private let size: Int64
    private(set) var offset: Int64 = 0

    var byteCount: Int64? { size }

    /// - Parameters:
    ///   - bufferByteCount: Bytes of one read.
    ///   - meter: Counts what is read as packed bytes; nil for an archive inside another.
    /// - Throws: `.system` when the descriptor cannot be looked at.
    init(descriptor: Int32, bufferByteCount: Int, meter: Meter?) throws(BundleError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(call: "fstat", errno: errno) }
        self.descriptor = descriptor
        self.meter = meter
        size = Int64(status.st_size)
        buffer = .allocate(byteCount: bufferByteCount, alignment: 4096)
        meter?.setPackedLimit(size)
    }

    deinit {
        buffer.deallocate()
    }

    func nextChunk() throws(BundleError) -> UnsafeRawBufferPointer? {
        let count = try PositionedRead.read(descriptor, into: buffer, at: offset)
        guard count > 0 else { return nil }
        offset += Int64(count)
        meter?.addPacked(count)
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }

    func seek(to offset: Int64) -> Bool {
        guard offset >= 0 else { return false }
        self.offset = offset
        return true
    }
}
