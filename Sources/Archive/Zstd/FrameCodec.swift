// One frame of zstd: packed and unpacked whole.
//
// The same bytes give the same frame whatever runs beside it: one call, one context, fixed parameters. Every frame has
// its content's size and a checksum in it. Not shared between threads.

internal import CZstd

/// Packs frames.
final class FrameEncoder {
    private let context = ZSTD_createCCtx()
    private let output: UnsafeMutableRawBufferPointer

    private static let level: Int32 = 3

    /// - Parameter byteCount: Of a frame's content, at most.
    init(byteCount: Int) {
        precondition(context != nil, "no memory for zstd")
        output = .allocate(byteCount: ZSTD_compressBound(byteCount), alignment: 64)
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level)
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
        ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1)
    }

    deinit {
        ZSTD_freeCCtx(context)
        output.deallocate()
    }

    /// - Returns: The frame, valid until the next call.
    func pack(_ content: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        let count = ZSTD_compress2(context, output.baseAddress, output.count, content.baseAddress, content.count)
        precondition(ZSTD_isError(count) == 0, "a frame of known size fits its buffer")
        return UnsafeRawBufferPointer(rebasing: output[..<count])
    }
}

/// Unpacks frames.
final class FrameDecoder {
    private let context = ZSTD_createDCtx()

    init() {
        precondition(context != nil, "no memory for zstd")
    }

    deinit {
        ZSTD_freeDCtx(context)
    }

    /// Unpacks exactly one frame.
    ///
    /// - Returns: What is wrong; nil when the content fills the buffer.
    func unpack(_ frame: UnsafeRawBufferPointer, into content: UnsafeMutableRawBufferPointer) -> String? {
        guard ZSTD_findFrameCompressedSize(frame.baseAddress, frame.count) == frame.count else {
            return "its frame has another size than the table says"
        }
        let count = ZSTD_decompressDCtx(context, content.baseAddress, content.count, frame.baseAddress, frame.count)
        if ZSTD_isError(count) != 0 { return "zstd: \(String(cString: ZSTD_getErrorName(count)))" }
        return count == content.count ? nil : "its frame holds \(count) bytes rather than \(content.count)"
    }
}
