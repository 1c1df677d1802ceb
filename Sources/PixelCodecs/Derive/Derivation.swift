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
        let first = header.pixelData.isEncapsulated ? try decoder.decode(frame: 1) : nil
        let image = try DerivedImage(header: header, first: first, options: options)
        let file = try DerivedFile(target: target, image: image)
        for number in 1...header.image.frameCount {
            if number > 1 { try frameBegins() }
            if let first, number == 1 {
                try file.append(try image.samples(of: first, frame: 1))
            } else {
                try write(frame: number, of: image, to: file)
            }
        }
        return answer(image, byteCount: try file.finish())
    }

    /// By runs of rows where that is possible: they stay in the processor's cache.
    private func write(frame number: Int, of image: DerivedImage, to file: DerivedFile) throws(PixelsError) {
        let native = NativeFrame(header: header, source: decoder.source)
        guard native.isReadableByRows, let runs = image.rowRuns else {
            return try file.append(try image.samples(of: try decoder.decode(frame: number), frame: number))
        }
        let scale = GreyScale(header, frame: number)
        for rows in runs {
            try file.append(try image.samples(of: try native.decode(number - 1, rows: rows), rows: rows, scale))
        }
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

    private func answer(_ made: DerivedImage, byteCount: UInt64) -> PixelAnswer {
        let account = FrameAccount(GreyScale(header, frame: 1), header.image, number: 1)
        let raster = RasterDescription(
            rows: made.grid.newRows, columns: made.grid.newColumns, format: .dicom, byteCount: Int(byteCount))
        return PixelAnswer(
            image: header.image, frame: account.description(range: nil), raster: raster, derived: made.description,
            bytes: [])
    }
}
