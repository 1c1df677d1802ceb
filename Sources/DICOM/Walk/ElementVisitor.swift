// ElementVisitor owns what a consumer of DataSetWalker must answer. The walker alone decides the structure; a visitor
// keeps what it wants of it, and never sees a value that it did not ask for.

/// What DataSetWalker tells while it walks.
protocol ElementVisitor {
    /// An element with a value of defined length. Answers whether its bytes are wanted.
    mutating func element(_ header: ElementHeader, isTopLevel: Bool) throws(DICOMError) -> Bool
    /// The next bytes of the wanted value; several calls a value when the file comes in chunks.
    mutating func value(_ bytes: UnsafeRawBufferPointer) throws(DICOMError)
    /// The wanted value is complete.
    mutating func valueEnded() throws(DICOMError)
    /// A sequence, an item of one, or encapsulated pixel data starts.
    mutating func began(_ kind: ContainerFrame.Kind, _ header: ElementHeader, isTopLevel: Bool) throws(DICOMError)
    mutating func ended(_ kind: ContainerFrame.Kind)
    /// A fragment; number 0 is the basic offset table. Answers whether its bytes are wanted.
    mutating func fragment(_ header: ElementHeader, number: Int, isTopLevel: Bool) throws(DICOMError) -> Bool
    mutating func remark(_ tag: Tag?, _ offset: UInt64?, _ text: @autoclosure () -> String)
    /// A finding that leaves the file readable, but only by a guess at what its writer meant.
    mutating func defect(_ tag: Tag?, _ offset: UInt64?, _ text: @autoclosure () -> String)
    /// The file meta information is complete; what follows is the data set.
    mutating func metaEnded()
    /// The value of (0002,0010), once the file meta information has been walked.
    var declaredTransferSyntaxUID: String? { get }
    /// The value of (0002,0000).
    var declaredMetaByteCount: Int? { get }
    /// Where the element (0002,0010) ends, in bytes from the start of the file; nil when it is absent or not kept.
    var transferSyntaxEnd: UInt64? { get }
}

extension ElementVisitor {
    mutating func defect(_ tag: Tag?, _ offset: UInt64?, _ text: @autoclosure () -> String) {
        remark(tag, offset, text())
    }

    var transferSyntaxEnd: UInt64? { nil }
}
