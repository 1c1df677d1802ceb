// RLEDecoder owns the decoding of RLE frames: up to 15 segments, one for each byte of a sample, highest byte first.

internal import Pixels

/// The decoder of RLE Lossless frames.
///
/// - Source: DICOM PS3.5 annex G.
struct RLEDecoder {
    private static let headerByteCount = 64
    private static let maximumSegmentCount = 15

    let header: ImageHeader

    func decode(_ bytes: [UInt8]) throws(PixelsError) -> DecodedFrame {
        let image = header.image
        let unit = max(image.bitsAllocated / 8, 1)
        let starts = try segmentStarts(bytes)
        guard starts.count == unit * image.samplesPerPixel else {
            throw .unrenderable(
                "the RLE data has \(starts.count) segments, its samples ask for \(unit * image.samplesPerPixel)")
        }
        var output = [UInt8](repeating: 0, count: header.pixelCount * image.samplesPerPixel * unit)
        for (segment, start) in starts.enumerated() {
            let end = segment + 1 < starts.count ? starts[segment + 1] : bytes.count
            guard start >= Self.headerByteCount, start <= end, end <= bytes.count else {
                throw .unrenderable("an RLE segment lies outside its frame")
            }
            let sample = segment / unit
            let byte = unit - 1 - segment % unit
            let count = Self.expand(
                bytes[start..<end], into: &output, from: sample * unit + byte, step: unit * image.samplesPerPixel,
                count: header.pixelCount)
            guard count == header.pixelCount else { throw .unrenderable("an RLE segment ends too early") }
        }
        return DecodedFrame(
            bytes: output, sampleByteCount: unit, bits: image.bitsStored, lowBit: header.lowBit, isFloat: false,
            isPlanar: false, model: ColorModel(photometric: image.photometricInterpretation))
    }

    private func segmentStarts(_ bytes: [UInt8]) throws(PixelsError) -> [Int] {
        guard bytes.count >= Self.headerByteCount else { throw .unrenderable("the RLE header is too short") }
        let numbers = (0...Self.maximumSegmentCount).map { index in
            bytes[index * 4..<index * 4 + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        guard (1...Self.maximumSegmentCount).contains(numbers[0]) else {
            throw .unrenderable("the RLE header speaks of \(numbers[0]) segments")
        }
        return Array(numbers[1...numbers[0]])
    }

    /// Expands one segment into every `step`th byte.
    ///
    /// - Returns: The bytes written, at most `count`; what the segment has more of is left out.
    private static func expand(
        _ segment: ArraySlice<UInt8>, into output: inout [UInt8], from start: Int, step: Int, count: Int
    ) -> Int {
        segment.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var position = 0
                var made = 0
                while position + 1 < input.count, made < count {
                    let control = Int(Int8(bitPattern: input[position]))
                    position += 1
                    if control >= 0 {
                        let run = min(control + 1, count - made, input.count - position)
                        for index in 0..<run { output[start + (made + index) * step] = input[position + index] }
                        made += run
                        position += control + 1
                    } else if control > -128 {
                        let run = min(1 - control, count - made)
                        for index in 0..<run { output[start + (made + index) * step] = input[position] }
                        made += run
                        position += 1
                    }
                }
                return made
            }
        }
    }
}
