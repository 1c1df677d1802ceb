// ImageVisitor owns what a reader of images keeps while the walker passes: the attributes, in a tree, and the places of
// the pixel data. It never asks for a byte of pixel data, so that a reader that can seek never reads one.

/// The visitor of ImageReader.
struct ImageVisitor: ElementVisitor, Sendable {
    /// Longer values are no attribute that pixels are rendered by; the longest table has 65,536 words for each colour.
    static let maximumValueByteCount: UInt32 = 64 << 20
    static let maximumFragmentCount = 10_000_000

    private(set) var tree: TreeVisitor
    private(set) var pixelData: PixelDataPlace?
    private var isInPixelData = false
    private var isTakingOffsets = false

    init(limits: ScanLimits) {
        tree = TreeVisitor(limits: limits)
    }

    mutating func element(_ header: ElementHeader, isTopLevel: Bool) throws(DICOMError) -> Bool {
        if isTopLevel, Self.isPixelData(header.tag) {
            pixelData = place(header, isEncapsulated: false)
            return false
        }
        guard !header.tag.isPrivate, header.length <= Self.maximumValueByteCount else { return false }
        return try tree.element(header, isTopLevel: isTopLevel)
    }

    private static func isPixelData(_ tag: Tag) -> Bool {
        tag == .pixelData || tag == .floatPixelData || tag == .doubleFloatPixelData
    }

    private func place(_ header: ElementHeader, isEncapsulated: Bool) -> PixelDataPlace {
        let byteCount = isEncapsulated ? 0 : UInt64(header.length)
        return PixelDataPlace(
            tag: header.tag, vr: header.vr, isEncapsulated: isEncapsulated, isBigEndian: header.encoding.isBigEndian,
            value: PixelDataPlace.Run(offset: header.valueOffset, byteCount: byteCount))
    }

    mutating func value(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        guard isTakingOffsets else { return try tree.value(bytes) }
        pixelData?.basicOffsetTable.append(contentsOf: bytes)
    }

    mutating func valueEnded() throws(DICOMError) {
        guard isTakingOffsets else { return try tree.valueEnded() }
        isTakingOffsets = false
    }

    mutating func began(_ kind: ContainerFrame.Kind, _ header: ElementHeader, isTopLevel: Bool) throws(DICOMError) {
        if kind == .fragments, isTopLevel, header.tag == .pixelData {
            isInPixelData = true
            pixelData = place(header, isEncapsulated: true)
        } else {
            try tree.began(kind, header, isTopLevel: isTopLevel)
        }
    }

    mutating func ended(_ kind: ContainerFrame.Kind) {
        if isInPixelData { isInPixelData = false } else { tree.ended(kind) }
    }

    mutating func fragment(_ header: ElementHeader, number: Int, isTopLevel: Bool) throws(DICOMError) -> Bool {
        guard isInPixelData else { return try tree.fragment(header, number: number, isTopLevel: isTopLevel) }
        if number == 0 {
            isTakingOffsets = header.length <= Self.maximumValueByteCount
            return isTakingOffsets
        }
        guard number <= Self.maximumFragmentCount else {
            throw .limit(
                tag: .pixelData, offset: header.offset, text: "more than \(Self.maximumFragmentCount) fragments")
        }
        pixelData?.fragments.append(
            PixelDataPlace.Run(offset: header.valueOffset, byteCount: UInt64(header.length)))
        return false
    }

    mutating func remark(_ tag: Tag?, _ offset: UInt64?, _ text: @autoclosure () -> String) {}

    mutating func metaEnded() { tree.metaEnded() }

    var declaredTransferSyntaxUID: String? { tree.declaredTransferSyntaxUID }
    var declaredMetaByteCount: Int? { tree.declaredMetaByteCount }
}
