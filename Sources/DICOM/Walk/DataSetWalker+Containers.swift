// The walker's levels: opening and closing sequences, items and fragments, stepping over a damaged one whose length is
// defined, and settling how the headers of a new data set read.

extension DataSetWalker {
    mutating func acceptInSequence(_ header: ElementHeader) throws(DICOMError) {
        switch header.tag {
        case .item:
            if !header.hasUndefinedLength, UInt64(header.length) > frame.limit - position {
                return try recover(header, "an item reaches past the end of what contains it")
            }
            try open(.dataSet, header)
        case .sequenceDelimitation where !frame.hasDefinedLength:
            closeFrame(isDelimited: true)
        case .sequenceDelimitation, .itemDelimitation:
            visitor.remark(frame.tag, header.offset, "a delimiter stands where none belongs")
        default:
            try recover(header, "an item was expected")
        }
    }

    mutating func acceptInFragments(_ header: ElementHeader) throws(DICOMError) {
        switch header.tag {
        case .item where !header.hasUndefinedLength && UInt64(header.length) <= frame.limit - position:
            let isWanted = try visitor.fragment(header, number: frame.childCount - 1, isTopLevel: outer.count == 1)
            try expectValue(UInt64(header.length), isWanted: isWanted, tag: frame.tag, offset: header.offset)
        case .sequenceDelimitation:
            closeFrame(isDelimited: true)
        default:
            try recover(header, "a fragment of defined length was expected")
        }
    }

    /// Enters the level that `header` starts.
    mutating func open(_ kind: ContainerFrame.Kind, _ header: ElementHeader) throws(DICOMError) {
        if kind == .sequence {
            sequenceDepth += 1
            guard sequenceDepth <= limits.maximumDepth else {
                throw .limit(
                    tag: header.tag, offset: header.offset,
                    text: "sequences are nested deeper than \(limits.maximumDepth)")
            }
        }
        try visitor.began(kind, header, isTopLevel: outer.isEmpty)
        let limit = header.hasUndefinedLength ? frame.limit : position + UInt64(header.length)
        outer.append(frame)
        frame = ContainerFrame(
            kind: kind, encoding: frame.encoding, limit: limit, hasDefinedLength: !header.hasUndefinedLength,
            tag: kind == .dataSet ? frame.tag : header.tag, offset: header.offset)
    }

    /// Leaves the current level.
    mutating func closeFrame(isDelimited: Bool = false) {
        guard let parent = outer.popLast() else { preconditionFailure("the root has no end to reach") }
        if !isDelimited, !frame.hasDefinedLength {
            visitor.remark(frame.tag, position, "a delimiter is missing at the end of a sequence or item")
        }
        if frame.kind == .sequence { sequenceDepth -= 1 }
        visitor.ended(frame.kind)
        frame = parent
    }

    /// Steps over a damaged level when one around it has a defined length: what follows is then unambiguous.
    ///
    /// - Throws: `.malformed` when none has.
    mutating func recover(_ header: ElementHeader, _ text: String) throws(DICOMError) {
        let levels = outer + [frame]
        guard let outermost = levels.firstIndex(where: \.hasDefinedLength) else {
            throw .malformed(tag: header.tag, offset: header.offset, text: text)
        }
        visitor.remark(
            header.tag, header.offset, "\(text); passed over to the end of \(levels[outermost].tag ?? .item)")
        let end = levels[outermost].limit
        let tag = levels[outermost].tag
        let offset = levels[outermost].offset
        while outer.count >= outermost { closeFrame(isDelimited: true) }
        guard end >= position else { return }
        try expectValue(end - position, isWanted: false, tag: tag, offset: offset)
    }

    /// Decides, at a data set's first header, whether its headers are explicit, and at a sequence's first, the order.
    ///
    /// A data set that declares one form may hold the other: two capital letters where the VR stands are no length
    /// that a first element has. Sequences within implicit VR stay implicit.
    mutating func settleEncoding(_ bytes: UnsafeRawBufferPointer, at index: Int) {
        guard frame.kind == .dataSet else { return settleByteOrder(bytes, at: index) }
        let group = bytes.number16(at: index, isBigEndian: frame.encoding.isBigEndian)
        guard group != 0, group != 0xFFFE, group == 2 || !isMeta else { return }
        let isRoot = outer.isEmpty
        if isRoot { settleRootByteOrder(bytes, at: index) }
        let hasLetters = ElementHeader.hasVRLetters(bytes, at: index)
        guard hasLetters != frame.encoding.isExplicitVR, isRoot || frame.encoding.isExplicitVR else { return }
        if isRoot, isEncodingDeclared {
            visitor.remark(nil, position, "the data set is \(hasLetters ? "explicit" : "implicit") VR, not as declared")
        }
        frame.encoding.isExplicitVR = hasLetters
    }

    private mutating func settleByteOrder(_ bytes: UnsafeRawBufferPointer, at index: Int) {
        let order = frame.encoding.isBigEndian
        if bytes.number16(at: index, isBigEndian: order) == 0xFEFF { frame.encoding.isBigEndian = !order }
    }

    /// A first group below 0x0100 reads as a multiple of 0x0100 in the wrong byte order.
    private mutating func settleRootByteOrder(_ bytes: UnsafeRawBufferPointer, at index: Int) {
        let order = frame.encoding.isBigEndian
        let declared = bytes.number16(at: index, isBigEndian: order)
        guard declared & 0xFF == 0, declared >= 0x0400, ElementHeader.hasVRLetters(bytes, at: index) else { return }
        if isEncodingDeclared {
            visitor.remark(nil, position, "the data set is \(order ? "little" : "big") endian, not as declared")
        }
        frame.encoding.isBigEndian = !order
    }
}
