// FrameDecoder owns the way from a frame's number to its samples: native, or through the codec that the transfer syntax
// names. Where the syntax names none, the codestream itself decides. One frame at a time is in memory.

internal import DICOM
internal import Pixels

/// The decoder of frames.
struct FrameDecoder {
    let header: ImageHeader
    let source: SourceFile
    let limits: PixelLimits

    private static let root = "1.2.840.10008.1.2."
    private static let rle = root + "5"

    /// - Parameter number: From 1.
    func decode(frame number: Int) throws(PixelsError) -> DecodedFrame {
        guard (1...header.image.frameCount).contains(number) else {
            throw .unrenderable("there is no frame \(number) of \(header.image.frameCount)")
        }
        guard header.pixelData.isEncapsulated else {
            return try NativeFrame(header: header, source: source).decode(number - 1)
        }
        let syntax = header.file.transferSyntax
        if syntax.isVideo { throw .unrenderable("video (\(syntax.name)) is not decoded") }
        let bytes = try FrameLocator(header: header, source: source)
            .encapsulatedBytes(ofFrame: number - 1, limits: limits)
        if syntax.uid == Self.rle { return try RLEDecoder(header: header).decode(bytes) }
        switch Codestream(prefix: Array(bytes.prefix(12))) {
        case .jpeg2000: return try JPEG2000Decoder(header: header).decode(bytes)
        case .jpeg: return try jpeg(bytes)
        case .unknown: throw .unrenderable("the compressed data does not begin as \(syntax.name) does")
        }
    }

    private func jpeg(_ bytes: [UInt8]) throws(PixelsError) -> DecodedFrame {
        let stream = try JPEGHeader(bytes)
        return stream.process == .jpegLS
            ? try JPEGLSDecoder(header: header).decode(bytes)
            : try JPEGDecoder(header: header).decode(bytes, stream)
    }
}
