// MediaDirectory owns a DICOMDIR: the tree of patients, studies, series and instances of a set of files, and its writing.
//
// Pure. Records say where others lie by bytes from the start of the file, so that all lengths are known first. The same
// files in the same order give the same bytes.

/// A DICOMDIR in the making.
///
/// - Source: DICOM PS3.3 annex F, PS3.10 section 8.
package struct MediaDirectory {
    /// One of the components of a file id: at most eight characters of these.
    package static let componentCharacters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")

    private struct Node {
        var record: DirectoryRecord
        var reference: DataSet?
        var children: [Int] = []
        var childOfKey: [String: Int] = [:]
    }

    private var nodes: [Node] = []
    private var patients: [Int] = []
    private var patientOfKey: [String: Int] = [:]
    private let instanceUID: String

    /// - Parameter instanceUID: Of the file itself.
    package init(instanceUID: String) {
        self.instanceUID = instanceUID
    }

    /// How many instances there are.
    package private(set) var instanceCount = 0

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - header: Its attributes.
    ///   - fileID: Components of its path from the DICOMDIR.
    ///   - patientScope: Equal patient ids of different scopes are different patients.
    /// - Returns: False for a kind that has no place in a DICOMDIR, which is then left out.
    package mutating func add(
        _ header: DataSet, transferSyntaxUID: String, fileID: [String], patientScope: String
    ) throws(DICOMError) -> Bool {
        precondition(
            fileID.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy(Self.componentCharacters.contains) })
        guard let instance = try DirectoryRecord(instance: header, number: instanceCount + 1) else { return false }
        let identity = [Tag.issuerOfPatientID, .patientID, .patientName].map { (tag: Tag) in header.text(tag) ?? "" }
        let patient = try child(.patient, of: nil, key: ([patientScope] + identity).joined(separator: "\n"), header)
        let study = try child(.study, of: patient, key: header.text(.studyInstanceUID) ?? "", header)
        let series = try child(.series, of: study, key: header.text(.seriesInstanceUID) ?? "", header)
        nodes.append(Node(record: instance, reference: try Self.reference(to: header, transferSyntaxUID, fileID)))
        nodes[series].children.append(nodes.count - 1)
        instanceCount += 1
        return true
    }

    private mutating func child(
        _ level: DirectoryRecord.Level, of parent: Int?, key: String, _ header: DataSet
    ) throws(DICOMError) -> Int {
        if let known = parent.map({ nodes[$0].childOfKey[key] }) ?? patientOfKey[key] { return known }
        let number = (parent.map { nodes[$0].children.count } ?? patients.count) + 1
        nodes.append(Node(record: try DirectoryRecord(level, of: header, number: number)))
        let index = nodes.count - 1
        if let parent {
            nodes[parent].children.append(index)
            nodes[parent].childOfKey[key] = index
        } else {
            patients.append(index)
            patientOfKey[key] = index
        }
        return index
    }

    private static func reference(
        to header: DataSet, _ transferSyntaxUID: String, _ fileID: [String]
    ) throws(DICOMError) -> DataSet {
        var reference = DataSet()
        try reference.set(.referencedFileID, fileID, vr: .cs)
        try reference.set(.referencedSOPClassUIDInFile, header.text(.sopClassUID) ?? "", vr: .ui)
        try reference.set(.referencedSOPInstanceUIDInFile, header.text(.sopInstanceUID) ?? "", vr: .ui)
        try reference.set(.referencedTransferSyntaxUIDInFile, transferSyntaxUID, vr: .ui)
        return reference
    }

    /// The file's bytes.
    package func bytes() throws(DICOMError) -> [UInt8] {
        let order = preorder(patients)
        let opening = try Part10Writer(transferSyntax: .explicitVRLittleEndian).opening(
            sopClassUID: Self.mediaStorageDirectory, sopInstanceUID: instanceUID)
        let writer = DataSetWriter(transferSyntax: .explicitVRLittleEndian)
        // All offsets have the same length, so that a first go without them tells where everything lies.
        let head = try writer.bytes(of: try root(first: 0, last: 0))
        var offsets = [Int](repeating: 0, count: nodes.count)
        var place = opening.count + head.count + Self.sequenceHeaderByteCount
        for index in order {
            offsets[index] = place
            place += Self.itemHeaderByteCount + (try writer.bytes(of: try item(index, next: 0, lower: 0)).count)
        }
        guard place <= UInt32.max else { throw .unwritable(tag: nil, text: "a DICOMDIR is at most 4 GiB long") }
        var whole = try root(
            first: patients.first.map { offsets[$0] } ?? 0, last: patients.last.map { offsets[$0] } ?? 0)
        let next = nextSiblings()
        var items: [DataSet] = []
        for index in order {
            items.append(
                try item(
                    index, next: next[index].map { offsets[$0] } ?? 0,
                    lower: nodes[index].children.first.map { offsets[$0] } ?? 0))
        }
        whole.set(.directoryRecordSequence, items: items)
        return opening + (try writer.bytes(of: whole))
    }

    private func preorder(_ indexes: [Int]) -> [Int] {
        indexes.flatMap { [$0] + preorder(nodes[$0].children) }
    }

    private func nextSiblings() -> [Int?] {
        var next = [Int?](repeating: nil, count: nodes.count)
        for siblings in [patients] + nodes.map(\.children) {
            for (one, other) in zip(siblings, siblings.dropFirst()) { next[one] = other }
        }
        return next
    }

    private func root(first: Int, last: Int) throws(DICOMError) -> DataSet {
        var root = DataSet()
        try root.set(.fileSetID, "", vr: .cs)
        try root.set(.offsetOfFirstRootRecord, integers: [first], vr: .ul)
        try root.set(.offsetOfLastRootRecord, integers: [last], vr: .ul)
        try root.set(.fileSetConsistencyFlag, integers: [0], vr: .us)
        return root
    }

    private func item(_ index: Int, next: Int, lower: Int) throws(DICOMError) -> DataSet {
        let node = nodes[index]
        var item = DataSet()
        try item.set(.offsetOfNextRecord, integers: [next], vr: .ul)
        try item.set(.recordInUseFlag, integers: [0xFFFF], vr: .us)
        try item.set(.offsetOfLowerLevel, integers: [lower], vr: .ul)
        try item.set(.directoryRecordType, node.record.type, vr: .cs)
        for element in (node.reference?.elements ?? []) + node.record.keys.elements { item.insert(element) }
        return item
    }

    private static let mediaStorageDirectory = "1.2.840.10008.1.3.10"
    private static let sequenceHeaderByteCount = 12
    private static let itemHeaderByteCount = 8
}

extension Tag {
    fileprivate static let fileSetID = Tag(0x0004_1130)
    fileprivate static let offsetOfFirstRootRecord = Tag(0x0004_1200)
    fileprivate static let offsetOfLastRootRecord = Tag(0x0004_1202)
    fileprivate static let fileSetConsistencyFlag = Tag(0x0004_1212)
    fileprivate static let offsetOfNextRecord = Tag(0x0004_1400)
    fileprivate static let recordInUseFlag = Tag(0x0004_1410)
    fileprivate static let offsetOfLowerLevel = Tag(0x0004_1420)
    fileprivate static let directoryRecordType = Tag(0x0004_1430)
    fileprivate static let referencedFileID = Tag(0x0004_1500)
    fileprivate static let referencedSOPClassUIDInFile = Tag(0x0004_1510)
    fileprivate static let referencedSOPInstanceUIDInFile = Tag(0x0004_1511)
    fileprivate static let referencedTransferSyntaxUIDInFile = Tag(0x0004_1512)
}
