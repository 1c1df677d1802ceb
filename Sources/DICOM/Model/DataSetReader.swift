// DataSetReader owns reading a whole file into a tree of data sets, within ScanLimits. It walks exactly as a scan does,
// so that both take and refuse the same files. Where the header is enough, it stops before the pixel data.

/// The reader of files into memory.
package enum DataSetReader {
    /// Reads a file.
    ///
    /// - Parameter stopsBeforePixelData: True to leave out group 7FE0 and what follows, unread and unchecked.
    /// - Throws: What `FileScanner` throws, and `.limit` when the values outgrow `maximumTreeByteCount`.
    package static func read(
        _ wholeFile: UnsafeRawBufferPointer, limits: ScanLimits = .standard, stopsBeforePixelData: Bool = false
    ) throws(DICOMError) -> DICOMFile {
        let stopTag = stopsBeforePixelData ? Tag(group: 0x7FE0, element: 0) : nil
        var reader = Part10Walker(visitor: TreeVisitor(limits: limits), limits: limits, stopTag: stopTag)
        try reader.consume(wholeFile)
        try reader.finish()
        let visitor = reader.walker.visitor
        return DICOMFile(
            form: reader.form ?? .notDICOM, meta: visitor.meta, dataSet: visitor.dataSet,
            transferSyntax: reader.syntax ?? .implicitVRLittleEndian, remarks: visitor.remarks,
            trailingByteCount: reader.trailingByteCount)
    }

    /// Reads a file that is in an array.
    package static func read(
        _ wholeFile: [UInt8], limits: ScanLimits = .standard, stopsBeforePixelData: Bool = false
    ) throws(DICOMError) -> DICOMFile {
        try wholeFile.withBytes { (bytes) throws(DICOMError) in
            try read(bytes, limits: limits, stopsBeforePixelData: stopsBeforePixelData)
        }
    }
}
