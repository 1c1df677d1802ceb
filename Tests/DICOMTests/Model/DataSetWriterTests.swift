// What is written obeys PS3.5: even lengths, headers by VR, byte order, lengths that say what follows.

import DICOM
import Testing

struct DataSetWriterTests {
    private func bytes(_ element: DataElement, _ syntax: TransferSyntax) throws -> [UInt8] {
        try DataSetWriter(transferSyntax: syntax).bytes(of: DataSet(elements: [element]))
    }

    @Test func padsOddValues() throws {
        let name = DataElement(tag: .patientID, vr: .lo, value: .bytes([0x41]))
        #expect(
            try bytes(name, .explicitVRLittleEndian) == [0x10, 0, 0x20, 0, 0x4C, 0x4F, 2, 0, 0x41, 0x20])
        let uid = DataElement(tag: .sopInstanceUID, vr: .ui, value: .bytes([0x31]))
        #expect(try bytes(uid, .implicitVRLittleEndian) == [8, 0, 0x18, 0, 2, 0, 0, 0, 0x31, 0])
    }

    @Test func swapsNumbersForBigEndian() throws {
        let rows = DataElement(tag: .rows, vr: .us, value: .bytes([0, 2]))
        #expect(try bytes(rows, .explicitVRBigEndian) == [0, 0x28, 0, 0x10, 0x55, 0x53, 0, 2, 2, 0])
    }

    @Test func writesValuesTooLongForTheirVRAsUN() throws {
        let long = DataElement(tag: .patientID, vr: .lo, value: .bytes([UInt8](repeating: 0x41, count: 70_000)))
        let written = try bytes(long, .explicitVRLittleEndian)
        #expect(Array(written.prefix(12)) == [0x10, 0, 0x20, 0, 0x55, 0x4E, 0, 0, 0x70, 0x11, 1, 0])
    }

    @Test func saysTheLengthOfSequencesOrEndsThem() throws {
        let sequence = DataElement(tag: .referencedStudySequence, vr: .sq, value: .items([DataSet()]))
        let defined = try bytes(sequence, .explicitVRLittleEndian)
        #expect(Array(defined[8...]) == [8, 0, 0, 0, 0xFE, 0xFF, 0, 0xE0, 0, 0, 0, 0])
        let writer = DataSetWriter(transferSyntax: .explicitVRLittleEndian, usesUndefinedLengths: true)
        let ended = try writer.bytes(of: DataSet(elements: [sequence]))
        #expect(Array(ended[8..<12]) == [0xFF, 0xFF, 0xFF, 0xFF])
        #expect(Array(ended.suffix(8)) == [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0])
    }

    @Test func makesTheSameFileTwice() throws {
        var dataSet = DataSet()
        #expect(throws: DICOMError.unwritable(tag: .sopClassUID, text: "a file needs this UID")) {
            try Part10Writer(transferSyntax: .explicitVRLittleEndian).bytes(of: dataSet)
        }
        try dataSet.set(.sopClassUID, "1.2.840.10008.5.1.4.1.1.7")
        try dataSet.set(.sopInstanceUID, "1.2.3")
        let writer = Part10Writer(transferSyntax: .deflatedExplicitVRLittleEndian)
        #expect(try writer.bytes(of: dataSet) == writer.bytes(of: dataSet))
        #expect(try Scanning.file(writer.bytes(of: dataSet)).remarks.isEmpty)
    }
}
