// JPEGDecoder owns the decoding of JPEG frames, lossy and lossless, of 8 to 16 bits.

internal import CCodecs
internal import Pixels

/// The decoder of ISO 10918-1 frames.
///
/// - Source: DICOM PS3.5 annexes A.4.1 and 8.2.1.
struct JPEGDecoder {
    let header: ImageHeader

    func decode(_ bytes: [UInt8], _ stream: JPEGHeader) throws(PixelsError) -> DecodedFrame {
        let image = header.image
        guard stream.rows == image.rows, stream.columns == image.columns else {
            throw .unrenderable(
                "the JPEG data is of \(stream.rows) × \(stream.columns) pixels, the header of \(image.rows) × "
                    + "\(image.columns)")
        }
        guard stream.componentIDs.count == image.samplesPerPixel else {
            throw .unrenderable(
                "the JPEG data has \(stream.componentIDs.count) components, the header \(image.samplesPerPixel) samples"
            )
        }
        guard (2...16).contains(stream.bits) else { throw .unrenderable("JPEG of \(stream.bits) bits does not exist") }
        let unit = stream.bits <= 8 ? 1 : 2
        let capacity = header.pixelCount * image.samplesPerPixel * unit
        let output = try CodecCall.run(bytes, capacity: capacity) { from, to, message in
            filmroom_jpeg_decode(
                from, bytes.count, Int32(stream.bits), stream.process == .lossless ? 1 : 0, to, capacity, message)
        }
        return DecodedFrame(
            bytes: output, sampleByteCount: unit, bits: stream.bits, lowBit: 0, isFloat: false, isPlanar: false,
            model: stream.model(photometric: image.photometricInterpretation))
    }
}
