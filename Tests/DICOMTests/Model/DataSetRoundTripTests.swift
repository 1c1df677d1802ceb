// Read, write, read: the same data set, in every native syntax, for every file of the collection that is not damaged.

import DICOM
import Foundation
import Testing

struct DataSetRoundTripTests {
    private static let native = [
        TransferSyntax.explicitVRLittleEndian, .implicitVRLittleEndian, .explicitVRBigEndian,
        .deflatedExplicitVRLittleEndian,
    ]

    @Test func givesTheSameDataSetBack() throws {
        var count = 0
        for file in try DataFile.collection() where !file.name.hasPrefix("evil/") {
            let bytes = try file.bytes()
            guard Scanning.outcome(bytes).error == nil, bytes.count < 1_000_000 else { continue }
            let read = try Scanning.read(bytes)
            let dataSet = writable(read.dataSet)
            for syntax in syntaxes(read) {
                for usesUndefinedLengths in [false, true] {
                    let writer = Part10Writer(transferSyntax: syntax, usesUndefinedLengths: usesUndefinedLengths)
                    let written = try writer.bytes(of: dataSet)
                    try keep(written, of: file, syntax)
                    let again = try Scanning.read(written)
                    #expect(again.transferSyntax == syntax)
                    #expect(
                        again.remarks.filter { !$0.text.contains("ascending") } == [], "\(file.name) \(syntax.name)")
                    let isEqual = isSame(again.dataSet, dataSet, syntax)
                    #expect(isEqual, "\(file.name) \(syntax.name)")
                }
            }
            count += 1
        }
        #expect(count > 20)
    }

    /// Implicit VR forgets VRs; there the values alone are compared.
    private func isSame(_ left: DataSet, _ right: DataSet, _ syntax: TransferSyntax) -> Bool {
        if syntax.isExplicitVR { return left == right }
        return left.elements.elementsEqual(right.elements) { left, right in
            guard case .items(let items) = left.value, case .items(let others) = right.value else {
                return left.tag == right.tag && left.value == right.value
            }
            return left.tag == right.tag && items.elementsEqual(others) { isSame($0, $1, syntax) }
        }
    }

    private func syntaxes(_ file: DICOMFile) -> [TransferSyntax] {
        let isEncapsulated = holdsFragments(file.dataSet)
        if isEncapsulated {
            return file.transferSyntax.isEncapsulated ? [file.transferSyntax] : [.explicitVRLittleEndian]
        }
        return Self.native
    }

    private func holdsFragments(_ dataSet: DataSet) -> Bool {
        dataSet.elements.contains { element in
            switch element.value {
            case .fragments: true
            case .items(let items): items.contains(where: holdsFragments)
            case .bytes: false
            }
        }
    }

    /// Even lengths, the UIDs that a file needs, and no groups that belong to none.
    private func writable(_ dataSet: DataSet) -> DataSet {
        var result = padded(DataSet(elements: dataSet.elements.filter { $0.tag.group > 2 }))
        for tag in [Tag.sopClassUID, .sopInstanceUID] where (result.text(tag) ?? "").isEmpty {
            result.insert(DataElement(tag: tag, vr: .ui, value: .bytes(Array("1.2.34".utf8))))
        }
        return result
    }

    private func padded(_ dataSet: DataSet) -> DataSet {
        DataSet(
            elements: dataSet.elements.map { element in
                switch element.value {
                case .bytes(let bytes) where bytes.count % 2 == 1:
                    DataElement(tag: element.tag, vr: element.vr, value: .bytes(bytes + [element.vr == .ui ? 0 : 0x20]))
                case .fragments(let list):
                    DataElement(
                        tag: element.tag, vr: element.vr,
                        value: .fragments(list.map { $0.count % 2 == 1 ? $0 + [0] : $0 }))
                case .items(let items): DataElement(tag: element.tag, vr: .sq, value: .items(items.map(padded)))
                default: element
                }
            })
    }

    /// Leaves what was written for another reader to judge, when a folder is named.
    private func keep(_ bytes: [UInt8], of file: DataFile, _ syntax: TransferSyntax) throws {
        guard let folder = ProcessInfo.processInfo.environment["FILMROOM_WRITTEN"] else { return }
        let name = file.name.split(separator: "/").joined(separator: "_") + "." + syntax.uid
        try Data(bytes).write(to: URL(fileURLWithPath: folder).appendingPathComponent(name))
    }
}
