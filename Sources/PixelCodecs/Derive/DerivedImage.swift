// DerivedImage owns what a derived image is to be: its matrix, the layout of its samples, its data set. All of it is
// decided by the source's header and its first frame, before anything is written.

internal import DICOM
internal import Pixels

/// The plan of a derived image.
struct DerivedImage {
    let header: ImageHeader
    let options: DeriveOptions
    let grid: PixelGrid
    let layout: SampleLayout
    /// Without pixel data.
    let dataSet: DataSet
    let description: DerivedDescription

    /// - Parameter first: The first frame, decoded, where its codestream may know more of the samples than the header.
    init(header: ImageHeader, first: DecodedFrame?, options: DeriveOptions) throws(PixelsError) {
        let image = header.image
        let sides = OutputSize.density(options.density).sides(rows: image.rows, columns: image.columns)
        grid = PixelGrid(
            rows: image.rows, columns: image.columns, newRows: sides.rows, newColumns: sides.columns)
        layout = Self.layout(image, first, options, isReduced: !grid.isWhole)
        self.header = header
        self.options = options
        let naming = try DerivedNaming(header.file.dataSet, options)
        let made: DataSet
        do throws(DICOMError) {
            made = try Self.made(header, grid, layout, options, naming)
        } catch {
            throw .unrenderable(error.description)
        }
        dataSet = made
        let changed = header.file.dataSet.keywords(changedIn: made)
        let hasOtherPixels = !grid.isWhole || options.form == .rendered
        description = DerivedDescription(
            sopClassUID: made.text(.sopClassUID) ?? "", sopInstanceUID: naming.sopInstanceUID,
            seriesInstanceUID: naming.seriesInstanceUID, studyInstanceUID: made.text(.studyInstanceUID) ?? "",
            changed: changed + (hasOtherPixels ? ["PixelData"] : []))
    }

    /// Palette colours are averaged as colours; every other grey keeps its kind.
    private static func layout(
        _ image: ImageDescription, _ first: DecodedFrame?, _ options: DeriveOptions, isReduced: Bool
    ) -> SampleLayout {
        let isPalette = image.photometricInterpretation == ColorModel.paletteName
        if image.isColor, !isPalette || isReduced || options.form == .rendered {
            return .rgb(frameCount: image.frameCount)
        }
        if options.form == .rendered {
            return SampleLayout(
                samplesPerPixel: 1, photometricInterpretation: "MONOCHROME2", bitsAllocated: 8, bitsStored: 8,
                isSigned: false, frameCount: image.frameCount)
        }
        let bits = max(image.bitsStored, first.map { min($0.bits, $0.sampleByteCount * 8) } ?? 0)
        let allocated = image.bitsAllocated >= bits ? image.bitsAllocated : bits <= 16 ? 16 : 32
        return SampleLayout(
            samplesPerPixel: 1, photometricInterpretation: image.photometricInterpretation, bitsAllocated: allocated,
            bitsStored: min(bits, allocated), isSigned: image.isSigned, frameCount: image.frameCount)
    }

    private static func made(
        _ header: ImageHeader, _ grid: PixelGrid, _ layout: SampleLayout, _ options: DeriveOptions,
        _ naming: DerivedNaming
    ) throws(DICOMError) -> DataSet {
        var made = header.file.dataSet.derivable()
        made.remove(.dataSetTrailingPadding)
        try noteLossiness(header, &made)
        if options.deidentifies { made = try Deidentifier(uids: naming.uids).applied(to: made) }
        if options.form == .rendered {
            made = try SecondaryCapture.dataSet(of: made, layout: layout)
        } else {
            try layout.apply(to: &made, isFloat: header.isFloat)
        }
        if !grid.isWhole { made = try ResampledGeometry(grid).applied(to: made) }
        return try DerivationRecord(
            description: text(grid, layout, options, header.image),
            change: !grid.isWhole ? .resampled : options.form == .rendered ? .rendered : .none,
            source: naming.source, sopInstanceUID: naming.sopInstanceUID, seriesInstanceUID: naming.seriesInstanceUID
        ).applied(to: made)
    }

    private static func noteLossiness(_ header: ImageHeader, _ dataSet: inout DataSet) throws(DICOMError) {
        let compressed = header.pixelData.fragments.reduce(UInt64(0)) { $0 + $1.byteCount }
        guard header.pixelData.isEncapsulated, compressed > 0 else { return }
        let image = header.image
        let bits = header.pixelCount * image.samplesPerPixel * image.frameCount * image.bitsAllocated
        try LossyHistory.note(
            header.file.transferSyntax, ratio: Double(bits) / 8 / Double(compressed), in: &dataSet)
    }

    private static func text(
        _ grid: PixelGrid, _ layout: SampleLayout, _ options: DeriveOptions, _ image: ImageDescription
    ) -> String {
        var parts: [String] = []
        if options.form == .rendered { parts.append("rendered to 8 bits with the window as stored") }
        if !grid.isWhole {
            parts.append(
                "resampled from \(grid.rows) x \(grid.columns) to \(grid.newRows) x \(grid.newColumns) pixels by area "
                    + "average")
        }
        if options.form == .stored, layout.samplesPerPixel > image.samplesPerPixel { parts.append("palette applied") }
        if options.form == .stored, layout.samplesPerPixel == 3, image.bitsAllocated > 8 {
            parts.append("colors reduced to 8 bits")
        }
        return parts.joined(separator: ", ")
    }
}
