// The walker's decisions about one element header at data set level: sequence, fragments, value, stray delimiter, or
// the start of trailing bytes. Each function handles one case; none takes bytes.

extension DataSetWalker {
    @inline(__always)
    mutating func accept(_ header: ElementHeader) throws(DICOMError) {
        elementCount += 1
        guard elementCount <= limits.maximumElementCount else {
            throw .limit(
                tag: header.tag, offset: header.offset, text: "more than \(limits.maximumElementCount) elements")
        }
        guard position <= frame.limit else {
            return try recover(header, "an element header reaches past the end of what contains it")
        }
        frame.childCount += 1
        switch frame.kind {
        case .dataSet: try acceptElement(header)
        case .sequence: try acceptInSequence(header)
        case .fragments: try acceptInFragments(header)
        }
    }

    @inline(__always)
    private mutating func acceptElement(_ header: ElementHeader) throws(DICOMError) {
        if header.tag.group == 0xFFFE { return try acceptStray(header) }
        if outer.isEmpty { noteOrder(header) }
        noteOddities(header)
        if header.hasUndefinedLength { return try openUndefinedLength(header) }
        guard UInt64(header.length) <= frame.limit - position else {
            return try recover(header, "the value reaches past the end of what contains it")
        }
        if isSequence(header) {
            return try open(.sequence, header)
        }
        let isWanted = try visitor.element(header, isTopLevel: outer.isEmpty)
        try expectValue(UInt64(header.length), isWanted: isWanted, tag: header.tag, offset: header.offset)
    }

    @inline(__always)
    private func isSequence(_ header: ElementHeader) -> Bool {
        if header.hasExplicitVR { return header.vr == .sq }
        return (header.length == 0 || header.length >= 8) && DataDictionary.isSequence(header.tag)
    }

    /// What an undefined length means depends on the VR.
    ///
    /// - Source: DICOM PS3.5 sections 6.2.2 (UN), 7.5 (SQ), annex A.4 (encapsulated pixel data).
    private mutating func openUndefinedLength(_ header: ElementHeader) throws(DICOMError) {
        switch (header.vr, header.tag) {
        case (.sq, _):
            try open(.sequence, header)
        case (nil, .pixelData), (.un, .pixelData), (.ob, _), (.ow, _), (.of, _), (.od, _), (.ol, _), (.ov, _):
            try open(.fragments, header)
        case (.un, _):
            try open(.sequence, header)
        case (nil, _) where !header.hasExplicitVR:
            try open(.sequence, header)
        default:
            try recover(header, "an undefined length is not permitted for this VR")
        }
    }

    /// Group FFFE where only elements belong.
    private mutating func acceptStray(_ header: ElementHeader) throws(DICOMError) {
        let isInItem = !outer.isEmpty
        switch header.tag {
        case .itemDelimitation where isInItem && !frame.hasDefinedLength:
            closeFrame(isDelimited: true)
        case .sequenceDelimitation where isInItem && !frame.hasDefinedLength:
            visitor.remark(frame.tag, header.offset, "an item's delimiter is missing before the sequence's")
            closeFrame(isDelimited: true)
            if !frame.hasDefinedLength { closeFrame(isDelimited: true) }
        default:
            visitor.remark(header.tag, header.offset, "an item or delimiter stands among elements")
            guard header.tag == .item, !header.hasUndefinedLength, header.length > 0 else { return }
            guard UInt64(header.length) <= frame.limit - position else {
                return try recover(header, "a stray item reaches past the end of what contains it")
            }
            try expectValue(UInt64(header.length), isWanted: false, tag: header.tag, offset: header.offset)
        }
    }

    /// Remarks about the root data set's order, each said once.
    @inline(__always)
    private mutating func noteOrder(_ header: ElementHeader) {
        if header.tag <= order.last, order.hasElements, !order.hasSaidDisorder {
            order.hasSaidDisorder = true
            visitor.remark(header.tag, header.offset, "elements are not in ascending order, or one stands twice")
        }
        guard header.tag.group != 0 else {
            frame.childCount = 0  // command elements are always implicit, and settle nothing about what follows
            return
        }
        order.last = header.tag
        order.hasElements = true
        if header.tag.group == 0x7FE0 { order.hasPixelData = order.hasPixelData || header.tag == .pixelData }
    }

    @inline(__always)
    private mutating func noteOddities(_ header: ElementHeader) {
        if header.length & 1 == 1, !header.hasUndefinedLength, !order.hasSaidOddLength {
            order.hasSaidOddLength = true
            visitor.remark(header.tag, header.offset, "the value has an odd length")
        }
        if header.vr == nil, frame.encoding.isExplicitVR { noteUnknownVR(header) }
    }

    private mutating func noteUnknownVR(_ header: ElementHeader) {
        if header.hasExplicitVR, outer.isEmpty, DataDictionary.entry(for: header.tag) != nil {
            visitor.defect(
                header.tag, header.offset, "the VR '\(header.vrText)' is not in the standard; its length is a guess")
        } else if header.hasExplicitVR, !order.hasSaidUnknownVR {
            order.hasSaidUnknownVR = true
            visitor.remark(
                header.tag, header.offset, "the VR is not in the standard; its length is taken to be two bytes")
        } else if !header.hasExplicitVR, !order.hasSaidImplicitHeader, header.tag.group != 0 {
            order.hasSaidImplicitHeader = true
            visitor.remark(header.tag, header.offset, "an implicit VR header stands in an explicit VR data set")
        }
    }
}
