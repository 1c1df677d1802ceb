// DataSetWriter owns the encoding of a data set in a transfer syntax: headers, padding to even lengths, byte order,
// sequences of defined or undefined length. It never writes group lengths, and never changes a value but by padding.

/// The encoder of data sets.
///
/// - Source: DICOM PS3.5 chapter 7, annex A.
package struct DataSetWriter: Sendable {
    package let transferSyntax: TransferSyntax
    /// True to end sequences and items by delimiters instead of saying their lengths.
    package let usesUndefinedLengths: Bool

    package init(transferSyntax: TransferSyntax, usesUndefinedLengths: Bool = false) {
        self.transferSyntax = transferSyntax
        self.usesUndefinedLengths = usesUndefinedLengths
    }

    /// The bytes of a data set.
    ///
    /// - Throws: `.unwritable` when a value is longer than a length can say, or fragments meet a native syntax.
    package func bytes(of dataSet: DataSet) throws(DICOMError) -> [UInt8] {
        var output: [UInt8] = []
        try append(dataSet, to: &output)
        return transferSyntax.isDeflated ? try Deflater.deflated(output) : output
    }

    /// The header of an element whose value somebody else writes.
    func header(_ tag: Tag, _ vr: VR, _ length: UInt32) -> [UInt8] {
        var output: [UInt8] = []
        appendHeader(tag, vr, length, to: &output)
        return output
    }

    private func append(_ dataSet: DataSet, to output: inout [UInt8]) throws(DICOMError) {
        for element in dataSet.elements {
            switch element.value {
            case .bytes(let bytes): try append(element, padded(bytes, element.vr), to: &output)
            case .items(let items): try append(items, of: element.tag, to: &output)
            case .fragments(let fragments): try append(fragments, of: element, to: &output)
            }
        }
    }

    private func padded(_ bytes: [UInt8], _ vr: VR) -> [UInt8] {
        bytes.count % 2 == 0 ? bytes : bytes + [vr.paddingByte]
    }

    /// A value too long for the two bytes of its VR's length goes as UN (PS3.5 section 6.2.2).
    private func append(_ element: DataElement, _ bytes: [UInt8], to output: inout [UInt8]) throws(DICOMError) {
        guard let length = UInt32(exactly: bytes.count), length != ElementHeader.undefinedLength else {
            throw .unwritable(tag: element.tag, text: "the value is longer than 4 GiB")
        }
        let isTooLong = transferSyntax.isExplicitVR && !element.vr.hasLongLength && bytes.count > 0xFFFE
        let vr = isTooLong ? .un : element.vr
        appendHeader(element.tag, vr, length, to: &output)
        let isSwapped = transferSyntax.isBigEndian && vr != .un
        output += isSwapped ? ByteOrder.swapped(bytes, unit: vr.unitByteCount) : bytes
    }

    /// In implicit VR only an undefined length tells a sequence that PS3.6 does not know.
    private func append(_ items: [DataSet], of tag: Tag, to output: inout [UInt8]) throws(DICOMError) {
        let isUnknown = !transferSyntax.isExplicitVR && !DataDictionary.isSequence(tag)
        let isUndefined = usesUndefinedLengths || isUnknown
        var content: [UInt8] = []
        for item in items {
            var body: [UInt8] = []
            try append(item, to: &body)
            appendTagAndLength(.item, try lengthField(body.count, tag, usesUndefinedLengths), to: &content)
            content += body
            if usesUndefinedLengths { appendTagAndLength(.itemDelimitation, 0, to: &content) }
        }
        appendHeader(tag, .sq, try lengthField(content.count, tag, isUndefined), to: &output)
        output += content
        if isUndefined { appendTagAndLength(.sequenceDelimitation, 0, to: &output) }
    }

    private func lengthField(_ count: Int, _ tag: Tag, _ isUndefined: Bool) throws(DICOMError) -> UInt32 {
        if isUndefined { return ElementHeader.undefinedLength }
        guard let length = UInt32(exactly: count), length != ElementHeader.undefinedLength else {
            throw .unwritable(tag: tag, text: "the sequence is longer than 4 GiB")
        }
        return length
    }

    private func append(_ fragments: [[UInt8]], of element: DataElement, to output: inout [UInt8]) throws(DICOMError) {
        guard transferSyntax.isExplicitVR, !transferSyntax.isBigEndian else {
            throw .unwritable(tag: element.tag, text: "encapsulated pixel data needs explicit VR little endian")
        }
        appendHeader(element.tag, element.vr, ElementHeader.undefinedLength, to: &output)
        for fragment in fragments {
            guard let length = UInt32(exactly: fragment.count + fragment.count % 2) else {
                throw .unwritable(tag: element.tag, text: "a fragment is longer than 4 GiB")
            }
            appendTagAndLength(.item, length, to: &output)
            output += padded(fragment, .ob)
        }
        appendTagAndLength(.sequenceDelimitation, 0, to: &output)
    }

    private func appendHeader(_ tag: Tag, _ vr: VR, _ length: UInt32, to output: inout [UInt8]) {
        guard transferSyntax.isExplicitVR else { return appendTagAndLength(tag, length, to: &output) }
        append16(tag.group, to: &output)
        append16(tag.element, to: &output)
        output += [UInt8(vr.rawValue >> 8), UInt8(vr.rawValue & 0xFF)]
        guard vr.hasLongLength else { return append16(UInt16(length), to: &output) }
        output += [0, 0]
        append32(length, to: &output)
    }

    private func appendTagAndLength(_ tag: Tag, _ length: UInt32, to output: inout [UInt8]) {
        append16(tag.group, to: &output)
        append16(tag.element, to: &output)
        append32(length, to: &output)
    }

    private func append16(_ number: UInt16, to output: inout [UInt8]) {
        let bytes = [UInt8(number & 0xFF), UInt8(number >> 8)]
        output += transferSyntax.isBigEndian ? bytes.reversed() : bytes
    }

    private func append32(_ number: UInt32, to output: inout [UInt8]) {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        output += transferSyntax.isBigEndian ? bytes.reversed() : bytes
    }
}
