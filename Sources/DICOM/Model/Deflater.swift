// Deflater owns the raw deflate of a data set (PS3.5 annex A.5), padded to an even length. Whole data sets only.

internal import CZlib

/// The deflation of data sets.
enum Deflater {
    /// - Throws: `.unwritable` when zlib refuses, which is only for want of memory, or for 4 GiB and more.
    static func deflated(_ bytes: [UInt8]) throws(DICOMError) -> [UInt8] {
        guard let count = UInt32(exactly: bytes.count) else {
            throw .unwritable(tag: nil, text: "the data set is longer than 4 GiB")
        }
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard
            deflateInit2_(
                &stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
                == Z_OK
        else { throw .unwritable(tag: nil, text: "no memory to deflate the data set") }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let room = UInt32(output.count)
        let code = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = count
                stream.next_out = output.baseAddress
                stream.avail_out = room
                return deflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END else { throw .unwritable(tag: nil, text: "the data set cannot be deflated") }
        let made = Array(output.prefix(Int(stream.total_out)))
        return made.count % 2 == 0 ? made : made + [0]
    }
}
