// ColorFrame owns the pixels of a colour frame as 8-bit RGB, whatever they were: planes or pixels, 8 to 32 bits, RGB,
// YCbCr or palette colour.

internal import DICOM
internal import Pixels

/// An RGB frame.
struct ColorFrame: Sendable {
    let rows: Int
    let columns: Int
    /// Three bytes a pixel.
    let pixels: [UInt8]

    init(rows: Int, columns: Int, pixels: [UInt8]) {
        self.rows = rows
        self.columns = columns
        self.pixels = pixels
    }

    init(_ frame: DecodedFrame, header: ImageHeader) throws(PixelsError) {
        let image = header.image
        var pixels: [UInt8]
        if frame.model == .palette {
            let palette = try Palette(header.file.dataSet)
            guard case .narrow(let indices, let isSigned) = GreyFrame(frame, image: image).values else {
                throw .unrenderable("a palette of 32-bit indices is not supported")
            }
            pixels = palette.colors(indices, isSigned: isSigned)
        } else {
            pixels = Self.bytes(frame)
            if frame.isPlanar { pixels = Self.interleaved(pixels) }
            Self.convert(&pixels, from: frame.model)
        }
        self.init(rows: image.rows, columns: image.columns, pixels: pixels)
    }

    /// The upper 8 bits of each sample.
    private static func bytes(_ frame: DecodedFrame) -> [UInt8] {
        let unit = frame.sampleByteCount
        if unit == 1, frame.bits == 8, frame.lowBit == 0 { return frame.bytes }
        let mask: UInt64 = frame.bits >= 64 ? .max : 1 << UInt64(frame.bits) - 1
        return (0..<frame.bytes.count / unit).map { sample in
            var value: UInt64 = 0
            for byte in 0..<unit { value |= UInt64(frame.bytes[sample * unit + byte]) << UInt64(8 * byte) }
            value = value >> UInt64(frame.lowBit) & mask
            return frame.bits >= 8
                ? UInt8(truncatingIfNeeded: value >> UInt64(frame.bits - 8)) : UInt8(value * 255 / mask)
        }
    }

    private static func interleaved(_ planes: [UInt8]) -> [UInt8] {
        let count = planes.count / 3
        return [UInt8](unsafeUninitializedCapacity: planes.count) { pixels, filled in
            for pixel in 0..<count {
                for sample in 0..<3 { pixels[pixel * 3 + sample] = planes[sample * count + pixel] }
            }
            filled = count * 3
        }
    }

    /// - Source: DICOM PS3.3 section C.7.6.3.1.2; ITU-R BT.601.
    private static func convert(_ pixels: inout [UInt8], from model: ColorModel) {
        guard model == .ybrFull || model == .ybrPartial else { return }
        let isPartial = model == .ybrPartial
        pixels.withUnsafeMutableBufferPointer { pixels in
            for start in stride(from: 0, to: pixels.count - 2, by: 3) {
                var y = Float(pixels[start])
                var cb = Float(pixels[start + 1]) - 128
                var cr = Float(pixels[start + 2]) - 128
                if isPartial {
                    y = (y - 16) * 255 / 219
                    cb *= 255.0 / 224
                    cr *= 255.0 / 224
                }
                pixels[start] = bounded(y + 1.402 * cr)
                pixels[start + 1] = bounded(y - 0.344136 * cb - 0.714136 * cr)
                pixels[start + 2] = bounded(y + 1.772 * cb)
            }
        }
    }

    @inline(__always)
    private static func bounded(_ value: Float) -> UInt8 { UInt8(min(max(value + 0.5, 0), 255)) }
}
