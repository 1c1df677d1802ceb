// ImageReader owns the reading of an image file's header, and of where its frames lie, from a file that can be read at
// any offset. It asks for bytes by `nextOffset` and passes over pixel data, so that a file of any size costs its header
// and, when encapsulated, a few bytes a fragment.

/// The reader of image headers.
///
/// ```swift
/// var reader = ImageReader()
/// while !reader.isComplete {
///     let bytes = readSome(at: reader.nextOffset)
///     if bytes.isEmpty { break }
///     try reader.consume(bytes)
/// }
/// let image = try reader.finish()
/// ```
package struct ImageReader: Sendable {
    /// Nothing that an image needs comes after its pixel data.
    private static let stopTag = Tag(0x7FE0_0011)

    private var walker: Part10Walker<ImageVisitor>

    package init(limits: ScanLimits = .standard) {
        walker = Part10Walker(visitor: ImageVisitor(limits: limits), limits: limits, stopTag: Self.stopTag)
    }

    /// The offset of the bytes that are to be given next.
    package var nextOffset: UInt64 { walker.byteCount }

    /// True when all that there is to know is known.
    package var isComplete: Bool {
        guard !walker.walker.hasStopped || walker.syntax == nil else { return true }
        return walker.walker.visitor.pixelData.map { !$0.isEncapsulated } ?? false
    }

    /// Takes bytes of the file, from `nextOffset` on.
    ///
    /// - Throws: What `FileScanner.consume` throws.
    package mutating func consume(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        try walker.consume(bytes)
        let skippable = walker.skippableByteCount
        if skippable > 0, !isComplete { walker.skip(skippable) }
    }

    /// Ends the reading; early at the end of the file.
    ///
    /// A file that ends inside its pixel data gives the frames that are whole.
    /// - Throws: What `FileScanner.finish` throws when the file ends before its pixel data.
    package mutating func finish() throws(DICOMError) -> ImageFile {
        if !isComplete, walker.walker.visitor.pixelData == nil { try walker.finish() }
        let visitor = walker.walker.visitor
        let syntax = walker.syntax ?? .implicitVRLittleEndian
        return ImageFile(
            meta: visitor.tree.meta, dataSet: visitor.tree.dataSet, transferSyntax: syntax,
            pixelData: visitor.pixelData, deflatedOffset: syntax.isDeflated ? walker.dataSetOffset : nil)
    }
}
