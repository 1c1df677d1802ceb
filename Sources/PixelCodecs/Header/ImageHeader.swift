// ImageHeader owns the attributes that a frame is decoded by, checked: afterwards every product of them is small enough
// to be counted, and to be allocated.

internal import DICOM
internal import Pixels

/// The checked header of an image.
struct ImageHeader: Sendable {
    let file: ImageFile
    let pixelData: PixelDataPlace
    let image: ImageDescription
    /// The bit of the container where a sample's lowest bit lies.
    let lowBit: Int
    /// True when native samples come plane by plane.
    let isPlanar: Bool

    var pixelCount: Int { image.rows * image.columns }
    var isFloat: Bool { pixelData.tag != .pixelData }

    /// - Throws: `.unrenderable` with the first contradiction or gap.
    init(_ file: ImageFile, limits: PixelLimits) throws(PixelsError) {
        guard let pixelData = file.pixelData else { throw .unrenderable("there is no pixel data") }
        let dataSet = file.dataSet
        let samples = dataSet.integer(.samplesPerPixel) ?? 1
        let bits = try Self.bits(dataSet, pixelData)
        let photometric = try Self.photometric(dataSet, samples: samples)
        self.file = file
        self.pixelData = pixelData
        image = ImageDescription(
            sopClassUID: dataSet.text(.sopClassUID), transferSyntaxUID: file.transferSyntax.uid,
            rows: try Self.positive(dataSet, .rows, "rows"), columns: try Self.positive(dataSet, .columns, "columns"),
            frameCount: try Self.frameCount(dataSet), samplesPerPixel: samples, photometricInterpretation: photometric,
            bitsAllocated: bits.allocated, bitsStored: bits.stored,
            isSigned: dataSet.integer(.pixelRepresentation) == 1,
            isColor: samples == 3 || photometric == ColorModel.paletteName)
        let highBit = dataSet.integer(.highBit) ?? bits.stored - 1
        let isPlausible = highBit >= bits.stored - 1 && highBit < bits.allocated
        lowBit = isPlausible ? highBit + 1 - bits.stored : 0
        isPlanar = samples > 1 && dataSet.integer(.planarConfiguration) == 1
        let perPixel = samples * max(bits.allocated / 8, 1)
        guard UInt64(pixelCount) * UInt64(perPixel) <= limits.frameByteCount else {
            throw .unrenderable("a frame of \(image.rows) × \(image.columns) pixels is larger than the limit")
        }
    }

    private static func positive(_ dataSet: DataSet, _ tag: Tag, _ name: String) throws(PixelsError) -> Int {
        guard let number = dataSet.integer(tag), (1...0xFFFF).contains(number) else {
            throw .unrenderable("the number of \(name) is missing or 0")
        }
        return number
    }

    private static func frameCount(_ dataSet: DataSet) throws(PixelsError) -> Int {
        guard let text = dataSet.values(.numberOfFrames).first, !text.isEmpty else { return 1 }
        guard let count = Int(text), (0...Int(Int32.max)).contains(count) else {
            throw .unrenderable("the number of frames, '\(text.prefix(16))', is none")
        }
        return max(count, 1)
    }

    /// - Source: DICOM PS3.5 section 8.1.1; PS3.3 section C.7.6.24 for floating point.
    private static func bits(
        _ dataSet: DataSet, _ pixelData: PixelDataPlace
    ) throws(PixelsError) -> (allocated: Int, stored: Int) {
        if pixelData.tag == .floatPixelData { return (32, 32) }
        if pixelData.tag == .doubleFloatPixelData { return (64, 64) }
        guard let allocated = dataSet.integer(.bitsAllocated) else {
            throw .unrenderable("the number of bits allocated is missing")
        }
        guard [1, 8, 16, 32].contains(allocated) else {
            throw .unrenderable("\(allocated) bits allocated are not supported (1, 8, 16 and 32 are)")
        }
        let stored = dataSet.integer(.bitsStored) ?? allocated
        guard (1...allocated).contains(stored) else {
            throw .unrenderable("\(stored) bits are stored of \(allocated) allocated")
        }
        return (allocated, stored)
    }

    private static func photometric(_ dataSet: DataSet, samples: Int) throws(PixelsError) -> String {
        let name = dataSet.values(.photometricInterpretation).first ?? ""
        guard let wanted = ColorModel.sampleCount(name) else {
            throw .unrenderable(
                name.isEmpty
                    ? "the photometric interpretation is missing"
                    : "the photometric interpretation '\(name.prefix(16))' is not supported")
        }
        guard samples == wanted else {
            throw .unrenderable("\(name) has \(wanted) samples a pixel, not \(samples)")
        }
        return name
    }
}
