// JPEG2000Decoder owns the decoding of JPEG 2000 and HTJ2K frames. OpenJPEG undoes the component transform, so that
// YBR_RCT and YBR_ICT come out as RGB.

internal import CCodecs
internal import Pixels

/// The decoder of ISO 15444-1 and 15444-15 frames.
///
/// - Source: DICOM PS3.5 annexes A.4.4 and 8.2.4.
struct JPEG2000Decoder {
    let header: ImageHeader

    func decode(_ bytes: [UInt8]) throws(PixelsError) -> DecodedFrame {
        var raster = header.raster
        let sampleCount = header.pixelCount * header.image.samplesPerPixel
        let capacity = sampleCount * (header.image.bitsAllocated > 16 ? 4 : 2)
        var output = try CodecCall.run(bytes, capacity: capacity) { from, to, message in
            filmroom_jpeg2000_decode(from, bytes.count, &raster, to, capacity, message)
        }
        let unit = raster.bits <= 8 ? 1 : raster.bits <= 16 ? 2 : 4
        output.removeLast(capacity - sampleCount * unit)
        return DecodedFrame(
            bytes: output, sampleByteCount: unit, bits: Int(raster.bits), lowBit: 0, isFloat: false, isPlanar: false,
            model: ColorModel(photometric: header.image.photometricInterpretation))
    }
}
