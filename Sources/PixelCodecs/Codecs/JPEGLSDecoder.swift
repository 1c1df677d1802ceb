// JPEGLSDecoder owns the decoding of JPEG-LS frames, lossless and near lossless, of 2 to 16 bits.

internal import CCodecs
internal import Pixels

/// The decoder of ISO 14495-1 frames.
///
/// - Source: DICOM PS3.5 annexes A.4.3 and 8.2.3.
struct JPEGLSDecoder {
    let header: ImageHeader

    func decode(_ bytes: [UInt8]) throws(PixelsError) -> DecodedFrame {
        var raster = header.raster
        let capacity = header.pixelCount * header.image.samplesPerPixel * 2
        var output = try CodecCall.run(bytes, capacity: capacity) { from, to, message in
            filmroom_jpegls_decode(from, bytes.count, &raster, to, capacity, message)
        }
        let unit = raster.bits <= 8 ? 1 : 2
        output.removeLast(capacity - capacity / 2 * unit)
        return DecodedFrame(
            bytes: output, sampleByteCount: unit, bits: Int(raster.bits), lowBit: 0, isFloat: false,
            isPlanar: raster.is_planar == 1, model: ColorModel(photometric: header.image.photometricInterpretation))
    }
}

extension ImageHeader {
    /// The size that a codestream must have.
    var raster: filmroom_raster {
        var raster = filmroom_raster()
        raster.width = UInt32(image.columns)
        raster.height = UInt32(image.rows)
        raster.components = UInt32(image.samplesPerPixel)
        return raster
    }
}
