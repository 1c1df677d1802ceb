// Derivation owns the making of one DICOM file from another: the data set first, then one frame after the other, so
// that a file of any number of frames costs the memory of one. The source is never changed.
// A failure leaves the target unfinished: whoever asked for it throws it away.

internal import DICOM
internal import Files
internal import Pixels

/// The making of a derived file.
struct Derivation {
    let decoder: FrameDecoder
    let options: DeriveOptions
    let frameBegins: @Sendable () throws(PixelsError) -> Void

    private var header: ImageHeader { decoder.header }

    /// Writes the file; it is not made durable.
    func write(to target: String) throws(PixelsError) -> PixelAnswer {
        try check()
        try frameBegins()
        let first = try decoder.decode(frame: 1)
        let plan = try DerivedImage(header: header, first: first, options: options)
        let file = try DerivedFile(target: target, image: plan)
        try file.append(try plan.samples(of: first, frame: 1))
        for number in stride(from: 2, through: header.image.frameCount, by: 1) {
            try frameBegins()
            try file.append(try plan.samples(of: try decoder.decode(frame: number), frame: number))
        }
        return answer(plan, byteCount: try file.finish())
    }

    private func check() throws(PixelsError) {
        guard options.density > 0, options.density <= 1 else { throw .unrenderable("a density is above 0 and up to 1") }
        let dataSet = header.file.dataSet
        if options.deidentifies, dataSet.values(.burnedInAnnotation).first == "YES" {
            throw .unrenderable("text that may name the patient is burned into the image, so that it stays identified")
        }
        let isLabelMap =
            dataSet.text(.sopClassUID) == "1.2.840.10008.5.1.4.1.1.66.7"
            || dataSet.values(.segmentationType).first == "LABELMAP"
        if isLabelMap, options.density < 1 { throw .unrenderable("the labels of a label map have no mean") }
    }

    private func answer(_ plan: DerivedImage, byteCount: UInt64) -> PixelAnswer {
        let account = FrameAccount(GreyScale(header, frame: 1), header.image, number: 1)
        let raster = RasterDescription(
            rows: plan.grid.newRows, columns: plan.grid.newColumns, format: .dicom, byteCount: Int(byteCount))
        return PixelAnswer(
            image: header.image, frame: account.description(range: nil), raster: raster, derived: plan.description,
            bytes: [])
    }
}
