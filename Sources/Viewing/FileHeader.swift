// What stands in a DICOM file before its pixels.
//
// Memory: the start of the file, up to a limit; documents, whose large values are no pixels, up to another. A file that
// cannot be read so far has no header, which is no error: it is shown by its name.

package import DICOM
package import Files

/// Reads the attributes of files that may be anything.
package enum FileHeader {
    /// How much of a file is looked through for what stands before its pixels.
    package static let byteCount = 4 << 20
    /// Documents have large values that are no pixels: they are looked through as a whole.
    private static let documentByteCount = 64 << 20

    /// What stands in a file before its pixels; nil when it cannot be read so far.
    package static func file(_ path: String) throws(FilesError) -> DICOMFile? {
        let file = try OpenFile.read(path)
        let size = try file.status().byteCount
        if let start = read(try bytes(of: file, count: Int(min(Int64(byteCount), size)))) { return start }
        guard size > byteCount, size <= documentByteCount else { return nil }
        return read(try bytes(of: file, count: Int(size)))
    }

    /// The attributes of a file; none of one that cannot be read so far.
    package static func attributes(ofFile path: String) throws(FilesError) -> DataSet {
        try file(path)?.dataSet ?? DataSet()
    }

    /// The attributes at the start of a file; none of one that cannot be read so far.
    package static func attributes(_ start: [UInt8]) -> DataSet {
        read(start)?.dataSet ?? DataSet()
    }

    private static func bytes(of file: OpenFile, count: Int) throws(FilesError) -> [UInt8] {
        var start = [UInt8](repeating: 0, count: count)
        let done = try start.withUnsafeMutableBytes { buffer in
            Result { () throws(FilesError) in try file.read(into: buffer, at: 0) }
        }.get()
        return Array(start[..<done])
    }

    private static func read(_ start: [UInt8]) -> DICOMFile? {
        do throws(DICOMError) { return try DataSetReader.read(start, stopsBeforePixelData: true) } catch { return nil }
    }
}
