// TreeVisitor owns the building of a DataSet tree while the walker passes. Invariant: `levels` holds one entry for each
// open container, the root first. Limits bound both bytes and elements.

/// The visitor of DataSetReader.
struct TreeVisitor: ElementVisitor, Sendable {
    /// An open container.
    private enum Level: Sendable {
        case dataSet([DataElement])
        case sequence(Tag, [DataSet])
        case fragments(Tag, VR, [[UInt8]])
    }

    private(set) var meta = DataSet()
    private(set) var remarks: [Remark] = []
    private var levels: [Level] = [.dataSet([])]
    private let limits: ScanLimits
    private var header: ElementHeader?
    private var buffer: [UInt8] = []
    private var byteCount: UInt64 = 0
    private var elementCount: UInt64 = 0

    init(limits: ScanLimits) {
        self.limits = limits
    }

    /// The root as far as it was read.
    var dataSet: DataSet {
        guard case .dataSet(let elements) = levels[0] else { return DataSet() }
        return DataSet(elements: elements)
    }

    mutating func element(_ header: ElementHeader, isTopLevel: Bool) throws(DICOMError) -> Bool {
        if header.tag.isGroupLength, header.tag.group != 2 { return false }
        try count(header)
        self.header = header
        return true
    }

    mutating func fragment(_ header: ElementHeader, number: Int, isTopLevel: Bool) throws(DICOMError) -> Bool {
        try count(header)
        self.header = nil
        return true
    }

    private mutating func count(_ header: ElementHeader) throws(DICOMError) {
        elementCount += 1
        buffer = []
        if elementCount > limits.maximumTreeElementCount {
            throw .limit(
                tag: header.tag, offset: header.offset, text: "more than \(limits.maximumTreeElementCount) elements")
        }
    }

    mutating func value(_ bytes: UnsafeRawBufferPointer) throws(DICOMError) {
        byteCount += UInt64(bytes.count)
        if byteCount > limits.maximumTreeByteCount {
            throw .limit(
                tag: header?.tag, offset: header?.offset ?? 0,
                text: "the values have more than \(limits.maximumTreeByteCount) bytes")
        }
        buffer.append(contentsOf: bytes)
    }

    mutating func valueEnded() throws(DICOMError) {
        let bytes = buffer
        buffer = []
        guard let header else { return append(fragment: bytes) }
        let vr = header.vr ?? ImpliedVR.of(header, isSigned: isSigned)
        let isSwapped = header.encoding.isBigEndian && vr != .un
        let ordered = isSwapped ? ByteOrder.swapped(bytes, unit: vr.unitByteCount) : bytes
        append(DataElement(tag: header.tag, vr: vr, value: .bytes(ordered)))
    }

    mutating func began(_ kind: ContainerFrame.Kind, _ header: ElementHeader, isTopLevel: Bool) throws(DICOMError) {
        elementCount += 1
        switch kind {
        case .dataSet: levels.append(.dataSet([]))
        case .sequence: levels.append(.sequence(header.tag, []))
        case .fragments: levels.append(.fragments(header.tag, header.vr ?? .ob, []))
        }
    }

    mutating func ended(_ kind: ContainerFrame.Kind) {
        switch levels.removeLast() {
        case .dataSet(let elements): append(item: DataSet(elements: elements))
        case .sequence(let tag, let items): append(DataElement(tag: tag, vr: .sq, value: .items(items)))
        case .fragments(let tag, let vr, let list): append(DataElement(tag: tag, vr: vr, value: .fragments(list)))
        }
    }

    private mutating func append(_ element: DataElement) {
        guard case .dataSet(var elements) = levels.removeLast() else {
            preconditionFailure("elements stand in data sets")
        }
        elements.append(element)
        levels.append(.dataSet(elements))
    }

    private mutating func append(item: DataSet) {
        guard case .sequence(let tag, var items) = levels.removeLast() else {
            preconditionFailure("items stand in sequences")
        }
        items.append(item)
        levels.append(.sequence(tag, items))
    }

    private mutating func append(fragment: [UInt8]) {
        guard case .fragments(let tag, let vr, var list) = levels.removeLast() else {
            preconditionFailure("fragments stand in pixel data")
        }
        list.append(fragment)
        levels.append(.fragments(tag, vr, list))
    }

    /// Pixel Representation of the nearest data set that has it (PS3.5 annex A.1).
    private var isSigned: Bool {
        for case .dataSet(let elements) in levels.reversed() {
            if let element = elements.last(where: { $0.tag == .pixelRepresentation }) {
                return element.bytes?.first == 1
            }
        }
        return false
    }

    mutating func remark(_ tag: Tag?, _ offset: UInt64?, _ text: @autoclosure () -> String) {
        guard remarks.count < limits.maximumRemarkCount else { return }
        remarks.append(Remark(tag: tag, offset: offset, text: text()))
    }

    mutating func metaEnded() {
        meta = dataSet
        levels = [.dataSet([])]
    }

    var declaredTransferSyntaxUID: String? {
        dataSet.values(.transferSyntaxUID).first
    }

    var declaredMetaByteCount: Int? { dataSet.integer(.fileMetaInformationGroupLength) }
}
