// DerivedFile owns the writing of a derived file: the header, the frames as they come, and at the end the header again
// with the values that only all frames together tell. Its length is the same both times.

internal import DICOM
internal import Files
internal import Pixels

/// A derived file that is being written.
final class DerivedFile {
    private let file: OpenFile
    private let image: DerivedImage
    private let place: (tag: Tag, vr: VR)
    private let pixelByteCount: UInt64
    private let headerByteCount: Int
    private var bits = BitPacking()
    private var written: UInt64 = 0
    private var range: ClosedRange<Double>?

    init(target: String, image: DerivedImage) throws(PixelsError) {
        self.image = image
        let exact = image.layout.byteCount(rows: image.grid.newRows, columns: image.grid.newColumns)
        pixelByteCount = exact + exact % 2
        place = Self.place(image)
        let opening = try Self.opening(image.dataSet, place, pixelByteCount)
        headerByteCount = opening.count
        file = try Self.rethrowing { () throws(FilesError) in
            let file = try OpenFile.create(target)
            try file.write(opening)
            return file
        }
    }

    /// - Source: DICOM PS3.5 annex A.2; PS3.3 section C.7.6.24 for floating point.
    private static func place(_ image: DerivedImage) -> (tag: Tag, vr: VR) {
        let source = image.header.pixelData.tag
        if image.options.form == .stored, source == .floatPixelData { return (source, .of) }
        if image.options.form == .stored, source == .doubleFloatPixelData { return (source, .od) }
        return (.pixelData, image.layout.bitsAllocated > 8 ? .ow : .ob)
    }

    private static func opening(
        _ dataSet: DataSet, _ place: (tag: Tag, vr: VR), _ byteCount: UInt64
    ) throws(PixelsError) -> [UInt8] {
        do throws(DICOMError) {
            return try Part10Writer(transferSyntax: .explicitVRLittleEndian)
                .opening(of: dataSet, before: place, byteCount: byteCount)
        } catch {
            throw .unrenderable(error.description)
        }
    }

    private static func rethrowing<Result>(_ body: () throws(FilesError) -> Result) throws(PixelsError) -> Result {
        do throws(FilesError) { return try body() } catch { throw .unavailable(error.description) }
    }

    /// Writes the next frame.
    func append(_ samples: DerivedSamples) throws(PixelsError) {
        let bytes = image.layout.bitsAllocated == 1 ? bits.packed(samples.bytes) : samples.bytes
        try write(bytes)
        if let new = samples.range {
            let old = range ?? new
            range = min(old.lowerBound, new.lowerBound)...max(old.upperBound, new.upperBound)
        }
    }

    private func write(_ bytes: [UInt8]) throws(PixelsError) {
        try Self.rethrowing { () throws(FilesError) in try file.write(bytes) }
        written += UInt64(bytes.count)
    }

    /// Ends the file.
    ///
    /// - Returns: Its length in bytes.
    func finish() throws(PixelsError) -> UInt64 {
        try write(bits.rest())
        if written < pixelByteCount { try write([0]) }
        precondition(written == pixelByteCount, "the layout tells how many bytes the frames have")
        let header = try Self.opening(try finalDataSet(), place, pixelByteCount)
        precondition(header.count == headerByteCount, "only numbers of the same width change")
        try Self.rethrowing { () throws(FilesError) in
            let outcome: Result<Void, FilesError> = header.withUnsafeBytes { bytes in
                do throws(FilesError) { return .success(try file.write(bytes, at: 0)) } catch { return .failure(error) }
            }
            try outcome.get()
        }
        return UInt64(headerByteCount) + written
    }

    /// - Source: DICOM PS3.3 section C.7.6.3.
    private func finalDataSet() throws(PixelsError) -> DataSet {
        var dataSet = image.dataSet
        guard let range else { return dataSet }
        do throws(DICOMError) {
            for (tag, value) in [
                (Tag.smallestImagePixelValue, range.lowerBound), (.largestImagePixelValue, range.upperBound),
            ] where dataSet[tag]?.bytes?.count == 2 {
                try dataSet.set(tag, integers: [Int(value)], vr: image.layout.isSigned ? .ss : .us)
            }
        } catch {
            throw .unrenderable(error.description)
        }
        return dataSet
    }
}
