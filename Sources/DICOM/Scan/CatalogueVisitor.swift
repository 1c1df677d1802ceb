// CatalogueVisitor owns what a scan keeps while the walker passes: the catalogued values, the pixel data's summary, the
// remarks. It allocates a fixed amount a file, never by element, and never decodes.

/// The visitor of FileScanner.
struct CatalogueVisitor: ElementVisitor, Sendable {
    private(set) var values = CapturedValues()
    private(set) var pixelData: PixelDataSummary?
    private(set) var remarks: [Remark] = []
    /// The first finding that makes the reading a guess.
    private(set) var defect: Remark?
    private(set) var isDirectory = false
    private(set) var hasViewCode = false
    private let limits: ScanLimits
    private var isInMeta = true
    private var isInPixelData = false
    private var spaceLeft = 0

    init(limits: ScanLimits) {
        self.limits = limits
    }

    @inline(__always)
    mutating func element(_ header: ElementHeader, isTopLevel: Bool) throws(DICOMError) -> Bool {
        guard isTopLevel else { return false }
        if header.tag.group >= 0x7FE0 { notePixelData(header) }
        guard let slot = CatalogueSelection.slot(of: header.tag), isInMeta || header.tag.group != 2 else {
            return false
        }
        guard values.arenaByteCount < limits.maximumCapturedTotal else {
            throw .limit(tag: header.tag, offset: header.offset, text: "catalogued elements are repeated too often")
        }
        values.begin(slot, header: header)
        let space = limits.maximumCapturedByteCount
        spaceLeft = space
        if header.length > UInt32(clamping: space) {
            remark(header.tag, header.offset, "the value is longer than \(space) bytes; the rest is not catalogued")
        }
        return header.length > 0
    }

    mutating func value(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        let kept = bytes.prefix(spaceLeft)
        values.append(kept)
        spaceLeft -= kept.count
    }

    mutating func valueEnded() throws(DICOMError) {}

    mutating func began(_ kind: ContainerFrame.Kind, _ header: ElementHeader, isTopLevel: Bool) throws(DICOMError) {
        guard isTopLevel else { return }
        if header.tag == .directoryRecordSequence { isDirectory = true }
        if header.tag == .viewCodeSequence { hasViewCode = true }
        if kind == .fragments, header.tag == .pixelData {
            isInPixelData = true
            pixelData = PixelDataSummary(tag: header.tag, offset: header.offset, isEncapsulated: true)
        }
    }

    mutating func ended(_ kind: ContainerFrame.Kind) {
        if kind == .fragments { isInPixelData = false }
    }

    mutating func fragment(_ header: ElementHeader, number: Int, isTopLevel: Bool) throws(DICOMError) -> Bool {
        guard isTopLevel, isInPixelData else { return false }
        if number == 0 {
            pixelData?.basicOffsetTableByteCount = UInt64(header.length)
        } else {
            pixelData?.fragmentCount += 1
            pixelData?.byteCount += UInt64(header.length)
        }
        return false
    }

    private mutating func notePixelData(_ header: ElementHeader) {
        guard header.tag == .pixelData || header.tag == .floatPixelData || header.tag == .doubleFloatPixelData else {
            return
        }
        pixelData = PixelDataSummary(tag: header.tag, offset: header.offset, isEncapsulated: false)
        pixelData?.byteCount = UInt64(header.length)
    }

    mutating func remark(_ tag: Tag?, _ offset: UInt64?, _ text: @autoclosure () -> String) {
        guard remarks.count < limits.maximumRemarkCount else { return }
        remarks.append(Remark(tag: tag, offset: offset, text: text()))
    }

    mutating func defect(_ tag: Tag?, _ offset: UInt64?, _ text: @autoclosure () -> String) {
        let found = Remark(tag: tag, offset: offset, text: text())
        defect = defect ?? found
        remark(tag, offset, found.text)
    }

    mutating func metaEnded() {
        isInMeta = false
    }

    var declaredTransferSyntaxUID: String? { values.strings(.transferSyntaxUID)?.first }

    var transferSyntaxEnd: UInt64? {
        guard let slot = CatalogueSelection.slot(of: .transferSyntaxUID), values.isPresent(slot) else { return nil }
        return values.offset(slot) + 8 + UInt64(values.byteCount(slot))
    }

    var declaredMetaByteCount: Int? { values.strings(.fileMetaInformationGroupLength)?.first.flatMap { Int($0) } }
}
