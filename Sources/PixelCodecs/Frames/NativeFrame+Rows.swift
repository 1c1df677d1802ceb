// The reading of a native frame by runs of whole rows, so that a large frame need not be in memory at once.

internal import DICOM
internal import Pixels

extension NativeFrame {
    /// True when rows are runs of whole bytes in the order in which they are used.
    var isReadableByRows: Bool {
        let image = header.image
        return !header.pixelData.isEncapsulated && header.file.deflatedOffset == nil && !header.pixelData.isBigEndian
            && !header.isPlanar && !image.photometricInterpretation.hasSuffix("_422")
            && image.photometricInterpretation != "YBR_PARTIAL_420"
            && (image.bitsAllocated == 8 || image.bitsAllocated == 16)
    }

    /// The samples of some rows of a frame. Only where `isReadableByRows`.
    ///
    /// - Parameter index: The frame, from 0.
    func decode(_ index: Int, rows: Range<Int>) throws(PixelsError) -> DecodedFrame {
        let image = header.image
        let unit = image.bitsAllocated / 8
        let rowByteCount = UInt64(image.columns * image.samplesPerPixel * unit)
        let row = UInt64(index).multipliedReportingOverflow(by: UInt64(image.rows))
        let first = row.partialValue.addingReportingOverflow(UInt64(rows.lowerBound))
        let start = first.partialValue.multipliedReportingOverflow(by: rowByteCount)
        let bytes = try run(
            at: (start.partialValue, row.overflow || first.overflow || start.overflow),
            byteCount: Int(rowByteCount) * rows.count)
        return DecodedFrame(
            bytes: bytes, sampleByteCount: unit, bits: image.bitsStored, lowBit: header.lowBit,
            isFloat: header.isFloat, isPlanar: false, model: ColorModel(photometric: image.photometricInterpretation))
    }
}
