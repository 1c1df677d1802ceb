// The reading of an instance's header: bytes from a source, pushed into DICOM's reader of images.

internal import DICOM
internal import Pixels

extension SourceFile {
    private static let chunkByteCount = 64 << 10
    /// Enough for the headers between one fragment and the next.
    private static let gapByteCount = 512

    /// The header of the instance.
    ///
    /// - Throws: `.unrenderable` when it is no DICOM file or damaged.
    func header(limits: PixelLimits) throws(PixelsError) -> ImageFile {
        var scan = ScanLimits()
        scan.maximumTreeByteCount = limits.headerByteCount
        var reader = ImageReader(limits: scan)
        var end: UInt64 = 0
        while !reader.isComplete {
            let start = reader.nextOffset
            let chunk = try bytes(at: start, count: start == end ? Self.chunkByteCount : Self.gapByteCount)
            if chunk.isEmpty { break }
            end = start + UInt64(chunk.count)
            try rethrowing { () throws(DICOMError) in
                try chunk.withTypedBytes { (bytes) throws(DICOMError) in try reader.consume(bytes) }
            }
        }
        return try rethrowing { () throws(DICOMError) in try reader.finish() }
    }

    /// A run of an inflated data set.
    func inflated(_ run: PixelDataPlace.Run, from start: UInt64) throws(PixelsError) -> [UInt8] {
        var reader = try rethrowing { () throws(DICOMError) in try InflatedRun(run) }
        var position = start
        while !reader.isComplete {
            let chunk = try bytes(at: position, count: Self.chunkByteCount)
            if chunk.isEmpty { break }
            position += UInt64(chunk.count)
            try rethrowing { () throws(DICOMError) in
                try chunk.withTypedBytes { (bytes) throws(DICOMError) in try reader.consume(bytes) }
            }
        }
        return reader.bytes
    }

    private func rethrowing<Result>(_ body: () throws(DICOMError) -> Result) throws(PixelsError) -> Result {
        do throws(DICOMError) { return try body() } catch { throw .unrenderable(error.description) }
    }
}

extension Array where Element == UInt8 {
    /// Calls `body` with the bytes, and passes on what it throws.
    func withTypedBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var outcome: Swift.Result<Result, Failure>?
        withUnsafeBytes { bytes in
            do throws(Failure) { outcome = .success(try body(bytes)) } catch { outcome = .failure(error) }
        }
        guard let outcome else { preconditionFailure("withUnsafeBytes runs its body") }
        return try outcome.get()
    }
}
