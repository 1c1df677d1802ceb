// FileScanner owns the scan of one file for the catalogue, pushed in chunks of any size or given whole. It walks the
// whole structure, so that a cut or damaged file is found; it keeps the catalogued elements only.
// Memory is bounded whatever the file's size. After an error it throws the same again; `soFar` stays.

/// The scanner of DICOM files.
///
/// ```swift
/// var scanner = FileScanner()
/// for chunk in chunks { try scanner.consume(chunk) }
/// let file = try scanner.finish()
/// ```
package struct FileScanner: Sendable {
    private var reader: Part10Walker<CatalogueVisitor>
    private let limits: ScanLimits

    package init(limits: ScanLimits = .standard) {
        self.limits = limits
        reader = Part10Walker(visitor: CatalogueVisitor(limits: limits), limits: limits)
    }

    /// The form of a file that begins with `prefix`: its first KiB, or all of it when it is shorter.
    package static func form(ofPrefix prefix: UnsafeRawBufferPointer) -> FileForm {
        FileForm.form(ofPrefix: prefix)
    }

    /// Takes the next bytes of the file; any number, from one upwards.
    ///
    /// - Throws: `.notDICOM`, `.malformed`, `.limit`, `.unsupportedTransferSyntax`, as soon as it is known.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        try reader.consume(bytes)
    }

    /// Takes the next bytes of the file, from an array.
    package mutating func consume(_ bytes: [UInt8]) throws(DICOMError) {
        try bytes.withBytes { (bytes) throws(DICOMError) in try reader.consume(bytes) }
    }

    /// Ends the file.
    ///
    /// - Throws: `.truncated` when the file does not parse to its end, and what `consume` throws.
    package mutating func finish() throws(DICOMError) -> ScannedFile {
        try reader.finish()
        let file = soFar
        return file.with(remarks: FileChecks(file: file, limits: limits).remarks())
    }

    /// What was read until now: also of a damaged file, which may still be identifiable.
    package var soFar: ScannedFile {
        let visitor = reader.walker.visitor
        return ScannedFile(
            form: reader.form ?? .notDICOM, transferSyntaxUID: visitor.values.strings(.transferSyntaxUID)?.first,
            transferSyntax: reader.syntax, pixelData: visitor.pixelData, isDirectory: visitor.isDirectory,
            hasViewCode: visitor.hasViewCode, defect: visitor.defect,
            remarks: visitor.remarks, byteCount: reader.byteCount, trailingByteCount: reader.trailingByteCount,
            values: visitor.values)
    }

    /// Scans a file that is in memory.
    package static func scan(
        _ wholeFile: UnsafeRawBufferPointer, limits: ScanLimits = .standard
    ) throws(DICOMError) -> ScannedFile {
        var scanner = FileScanner(limits: limits)
        try scanner.consume(wholeFile)
        return try scanner.finish()
    }

    /// Scans a file that is in an array.
    package static func scan(_ wholeFile: [UInt8], limits: ScanLimits = .standard) throws(DICOMError) -> ScannedFile {
        try wholeFile.withBytes { (bytes) throws(DICOMError) in try scan(bytes, limits: limits) }
    }
}

extension ScannedFile {
    /// The same file with other remarks.
    func with(remarks: [Remark]) -> ScannedFile {
        ScannedFile(
            form: form, transferSyntaxUID: transferSyntaxUID, transferSyntax: transferSyntax, pixelData: pixelData,
            isDirectory: isDirectory, hasViewCode: hasViewCode, defect: defect, remarks: remarks, byteCount: byteCount,
            trailingByteCount: trailingByteCount,
            values: values)
    }
}
