// SampleLayout owns the attributes that say how an image's samples lie: bits, samples of a pixel, interpretation. It
// writes those of native little endian pixel data, and takes away what belonged to another layout.

/// The layout of native samples.
///
/// - Source: DICOM PS3.3 section C.7.6.3.
package struct SampleLayout: Hashable, Sendable {
    package let samplesPerPixel: Int
    package let photometricInterpretation: String
    package let bitsAllocated: Int
    package let bitsStored: Int
    package let isSigned: Bool
    package let frameCount: Int

    package init(
        samplesPerPixel: Int, photometricInterpretation: String, bitsAllocated: Int, bitsStored: Int, isSigned: Bool,
        frameCount: Int
    ) {
        self.samplesPerPixel = samplesPerPixel
        self.photometricInterpretation = photometricInterpretation
        self.bitsAllocated = bitsAllocated
        self.bitsStored = bitsStored
        self.isSigned = isSigned
        self.frameCount = frameCount
    }

    /// Colours of 8 bits.
    package static func rgb(frameCount: Int) -> SampleLayout {
        SampleLayout(
            samplesPerPixel: 3, photometricInterpretation: "RGB", bitsAllocated: 8, bitsStored: 8, isSigned: false,
            frameCount: frameCount)
    }

    /// Bytes of all frames, without padding; single bits follow each other through all frames.
    package func byteCount(rows: Int, columns: Int) -> UInt64 {
        let samples = UInt64(rows) * UInt64(columns) * UInt64(samplesPerPixel) * UInt64(frameCount)
        return (samples * UInt64(bitsAllocated) + 7) / 8
    }

    /// Puts the layout in the place of a data set's own.
    ///
    /// - Parameter isFloat: True for floating point, which has no bits stored and no sign.
    package func apply(to dataSet: inout DataSet, isFloat: Bool = false) throws(DICOMError) {
        let wasPalette = dataSet.values(.photometricInterpretation).first == "PALETTE COLOR"
        try dataSet.set(.samplesPerPixel, integers: [samplesPerPixel])
        try dataSet.set(.photometricInterpretation, photometricInterpretation)
        try dataSet.set(.bitsAllocated, integers: [bitsAllocated])
        dataSet.remove(.planarConfiguration)
        if samplesPerPixel > 1 {
            try dataSet.set(.planarConfiguration, integers: [0])
            for tag in Self.ofGreys { dataSet.remove(tag) }
        }
        if wasPalette, photometricInterpretation != "PALETTE COLOR" {
            for tag in Self.ofPalettes { dataSet.remove(tag) }
        }
        guard !isFloat else { return }
        try dataSet.set(.bitsStored, integers: [bitsStored])
        try dataSet.set(.highBit, integers: [bitsStored - 1])
        try dataSet.set(.pixelRepresentation, integers: [isSigned ? 1 : 0])
    }

    private static let ofGreys: [Tag] = [
        .smallestImagePixelValue, .largestImagePixelValue, .pixelPaddingValue, .pixelPaddingRangeLimit,
        .presentationLUTShape,
    ]

    private static let ofPalettes: [Tag] = [
        .redPaletteColorLookupTableDescriptor, .greenPaletteColorLookupTableDescriptor,
        .bluePaletteColorLookupTableDescriptor, .redPaletteColorLookupTableData, .greenPaletteColorLookupTableData,
        .bluePaletteColorLookupTableData, .segmentedRedPaletteColorLookupTableData,
        .segmentedGreenPaletteColorLookupTableData, .segmentedBluePaletteColorLookupTableData,
        .paletteColorLookupTableUID, .windowCenter, .windowWidth, .rescaleSlope, .rescaleIntercept, .rescaleType,
    ]
}
