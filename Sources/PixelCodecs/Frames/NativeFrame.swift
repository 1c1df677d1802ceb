// NativeFrame owns the reading of uncompressed frames: their run of bytes, bits that no byte boundary separates, halved
// colour samples, byte order.

internal import DICOM
internal import Pixels

/// The reader of native pixel data.
///
/// - Source: DICOM PS3.5 sections 8.1.1 and 8.2; PS3.3 section C.7.6.3.1.2.
struct NativeFrame {
    let header: ImageHeader
    let source: SourceFile

    private var image: ImageDescription { header.image }
    private var isHalved: Bool { image.photometricInterpretation.hasSuffix("_422") }

    /// - Parameter index: From 0.
    func decode(_ index: Int) throws(PixelsError) -> DecodedFrame {
        guard image.photometricInterpretation != "YBR_PARTIAL_420" else {
            throw .unrenderable("YBR_PARTIAL_420 exists in video only")
        }
        if image.bitsAllocated == 1 { return try bitFrame(index) }
        let unit = image.bitsAllocated / 8
        let sampleCount = isHalved ? header.pixelCount * 2 : header.pixelCount * image.samplesPerPixel
        guard !isHalved || unit == 1 && image.columns % 2 == 0 else {
            throw .unrenderable("\(image.photometricInterpretation) needs 8 bits and an even number of columns")
        }
        let byteCount = sampleCount * unit
        var bytes = try run(at: UInt64(index).multipliedReportingOverflow(by: UInt64(byteCount)), byteCount: byteCount)
        if header.pixelData.isBigEndian { Self.swap(&bytes, unit: swapUnit) }
        return DecodedFrame(
            bytes: isHalved ? Self.doubled(bytes) : bytes, sampleByteCount: unit, bits: image.bitsStored,
            lowBit: header.lowBit, isFloat: header.isFloat, isPlanar: header.isPlanar,
            model: ColorModel(photometric: image.photometricInterpretation))
    }

    /// Big endian bytes of 8-bit samples are swapped where their VR has words (PS3.5 annex A.3).
    private var swapUnit: Int {
        image.bitsAllocated == 8 ? (header.pixelData.vr == .ow ? 2 : 1) : image.bitsAllocated / 8
    }

    func run(
        at start: (partialValue: UInt64, overflow: Bool), byteCount: Int
    ) throws(PixelsError) -> [UInt8] {
        let value = header.pixelData.value
        let (end, overflow) = start.partialValue.addingReportingOverflow(UInt64(byteCount))
        guard !start.overflow, !overflow, end <= value.byteCount else {
            throw .unrenderable(
                "the pixel data has \(value.byteCount) bytes, fewer than its rows, columns and frames ask for")
        }
        let run = PixelDataPlace.Run(offset: value.offset + start.partialValue, byteCount: UInt64(byteCount))
        let bytes =
            if let deflated = header.file.deflatedOffset {
                try source.inflated(run, from: deflated)
            } else {
                try source.bytes(at: run.offset, count: byteCount)
            }
        guard bytes.count == byteCount else { throw .unrenderable("the file ends inside its pixel data") }
        return bytes
    }

    /// Frames of single bits follow each other without padding, lowest bit first.
    private func bitFrame(_ index: Int) throws(PixelsError) -> DecodedFrame {
        let count = header.pixelCount
        let (firstBit, overflow) = UInt64(index).multipliedReportingOverflow(by: UInt64(count))
        let skipped = Int(firstBit % 8)
        var packed = try run(at: (firstBit / 8, overflow), byteCount: (skipped + count + 7) / 8)
        if header.pixelData.isBigEndian, header.pixelData.vr == .ow { Self.swap(&packed, unit: 2) }
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            for pixel in 0..<count {
                let bit = skipped + pixel
                buffer[pixel] = packed[bit >> 3] >> UInt8(bit & 7) & 1
            }
            filled = count
        }
        return DecodedFrame(
            bytes: bytes, sampleByteCount: 1, bits: 1, lowBit: 0, isFloat: false, isPlanar: false,
            model: ColorModel(photometric: image.photometricInterpretation))
    }

    /// Two luminances and one pair of colour differences become two whole pixels.
    private static func doubled(_ halved: [UInt8]) -> [UInt8] {
        var pixels = [UInt8](repeating: 0, count: halved.count / 4 * 6)
        for pair in 0..<halved.count / 4 {
            let from = pair * 4
            let to = pair * 6
            pixels[to] = halved[from]
            pixels[to + 3] = halved[from + 1]
            for place in [to + 1, to + 4] {
                pixels[place] = halved[from + 2]
                pixels[place + 1] = halved[from + 3]
            }
        }
        return pixels
    }

    static func swap(_ bytes: inout [UInt8], unit: Int) {
        guard unit > 1 else { return }
        for start in stride(from: 0, through: bytes.count - unit, by: unit) {
            bytes[start..<start + unit].reverse()
        }
    }
}
