// Raw deflate (RFC 1951), piece by piece.
//
// Owns a zlib stream and ends it. Runs alone are looked for: on filtered samples that is smaller than level 1 (0.48 against
// 0.50 of a mammogram) in half the time; higher levels gain 3 % and cost three times the time.
// zlib fails here only for want of memory or by a mistake of ours, and both trap.

internal import CZlib

final class DeflateStream {
    /// zlib keeps a pointer to its stream, which must therefore not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var room = [UInt8](repeating: 0, count: 1 << 16)

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        let code = deflateInit2_(
            stream, Z_BEST_SPEED, Z_DEFLATED, -MAX_WBITS, 9, Z_RLE, ZLIB_VERSION, size)
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
            return drain(isLast ? Z_FINISH : Z_NO_FLUSH)
        }
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
