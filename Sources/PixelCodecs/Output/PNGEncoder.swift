// PNGEncoder owns the making of a PNG file from 8-bit pixels. The same pixels give the same bytes on one machine.

internal import CCodecs
internal import Pixels

/// The encoder of PNG files.
enum PNGEncoder {
    /// - Parameters:
    ///   - channels: 1 for grey, 3 for RGB.
    ///   - level: zlib's, 0 to 9.
    ///   - isSRGB: Whether the file says that its codes are sRGB.
    static func encoded(
        _ pixels: [UInt8], rows: Int, columns: Int, channels: Int, level: Int, isSRGB: Bool
    ) throws(PixelsError) -> [UInt8] {
        var memory: UnsafeMutablePointer<UInt8>?
        var count = 0
        var message = [CChar](repeating: 0, count: Int(FILMROOM_MESSAGE_SIZE))
        let code = filmroom_png_encode(
            pixels, UInt32(columns), UInt32(rows), UInt32(channels), Int32(min(max(level, 0), 9)), isSRGB ? 1 : 0,
            &memory, &count, &message)
        defer { filmroom_codec_free(memory) }
        guard code == 0, let memory else { throw .unrenderable(CodecCall.text(of: message)) }
        return Array(UnsafeBufferPointer(start: memory, count: count))
    }
}
