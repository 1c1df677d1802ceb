// Where a root data set ends before its file does. After pixel data, anything that is no element is trailing; before
// it, only zeros to the end of the file are.

extension DataSetWalker {
    /// True when `header` is no element but the start of trailing bytes, which are then awaited.
    @inline(__always)
    mutating func startsTrailing(_ header: ElementHeader) -> Bool {
        if header.tag.number == 0, header.length == 0, order.hasElements, !isMeta {
            trailing = TrailingBytes(offset: position, isPaddingOnly: !order.hasPixelData)
            return true
        }
        guard order.hasPixelData, !isPlausibleAfterPixelData(header) else { return false }
        trailing = TrailingBytes(offset: position, isPaddingOnly: false)
        return true
    }

    private func isPlausibleAfterPixelData(_ header: ElementHeader) -> Bool {
        if header.tag == .dataSetTrailingPadding { return true }
        if frame.encoding.isExplicitVR { return header.vr != nil }
        return header.tag > order.last || DataDictionary.entry(for: header.tag) != nil
    }

    /// - Throws: `.malformed` when trailing bytes are not what they may be.
    mutating func refuseBadTrailing() throws(DICOMError) {
        guard let trailing else { return }
        if trailing.isPaddingOnly, !trailing.isAllZero {
            throw .malformed(tag: Tag(0), offset: trailing.offset, text: "zeros stand where an element was expected")
        }
        if trailing.isAnotherFile {
            throw .malformed(tag: nil, offset: trailing.offset, text: "a second DICOM file follows in the same file")
        }
    }
}
