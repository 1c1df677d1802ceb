// Raw deflate (RFC 1951), piece by piece.
//
// Owns a zlib stream and ends it. Where a first part of some size gains next to nothing, as with noise, the rest is
// stored: twenty times as fast.
// zlib fails here only for want of memory or by a mistake of ours, and both trap.

internal import CZlib

final class DeflateStream {
    /// zlib keeps a pointer to its stream, which must therefore not move.
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether it is still to be found out if compressing is worth its time.
    private var isOnTrial = true
    /// Bytes after which that is decided.
    private static let trialByteCount = 96 << 10
    private var room = [UInt8](repeating: 0, count: 1 << 16)

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        let code = deflateInit2_(
            stream, Z_BEST_SPEED, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        precondition(code == Z_OK, "zlib has no memory")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// What is ready after these bytes; often nothing.
    func compress(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(input.count)
            let output = drain(isLast ? Z_FINISH : Z_NO_FLUSH)
            return isLast ? output : output + judged()
        }
    }

    /// Goes over to storing where compressing gains less than a quarter.
    private func judged() -> [UInt8] {
        guard isOnTrial, stream.pointee.total_in >= UInt(Self.trialByteCount) else { return [] }
        isOnTrial = false
        // What is held back comes out first, so that all is counted.
        let output = drain(Z_BLOCK)
        guard stream.pointee.total_out * 4 > stream.pointee.total_in * 3 else { return output }
        let code = deflateParams(stream, Z_NO_COMPRESSION, Z_DEFAULT_STRATEGY)
        precondition(code == Z_OK, "zlib held something back")
        return output
    }

    private func drain(_ flush: Int32) -> [UInt8] {
        var output: [UInt8] = []
        var made = 0
        repeat {
            made = room.withUnsafeMutableBufferPointer { room in
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(room.count)
                let code = deflate(stream, flush)
                precondition(code != Z_STREAM_ERROR, "zlib's stream was misused")
                return room.count - Int(stream.pointee.avail_out)
            }
            output += room[..<made]
        } while made == room.count
        return output
    }
}
