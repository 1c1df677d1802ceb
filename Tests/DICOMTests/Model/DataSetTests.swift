// Data sets in memory: order, values, nested character sets, and what cannot be written.

import DICOM
import Testing

struct DataSetTests {
    @Test func keepsElementsInOrderAndOnce() throws {
        var dataSet = DataSet()
        try dataSet.set(.patientID, "B")
        try dataSet.set(.sopInstanceUID, "1.2.3")
        try dataSet.set(.patientID, "A")
        #expect(dataSet.elements.map(\.tag) == [.sopInstanceUID, .patientID])
        #expect(dataSet.text(.patientID) == "A")
        #expect(dataSet[.patientID]?.bytes == [0x41, 0x20])
        dataSet.remove(.patientID)
        #expect(dataSet.text(.patientID) == nil)
    }

    @Test func setsNumbersByTheirVR() throws {
        var dataSet = DataSet()
        try dataSet.set(.rows, integers: [512])
        try dataSet.set(.seriesNumber, integers: [7])
        #expect(dataSet[.rows]?.bytes == [0, 2])
        #expect(dataSet.integer(.seriesNumber) == 7)
        #expect(throws: DICOMError.unwritable(tag: .rows, text: "65536 is no value of VR US")) {
            try dataSet.set(.rows, integers: [65536])
        }
    }

    @Test func writesTextInItsCharacterSetOnly() throws {
        var dataSet = DataSet()
        #expect(throws: DICOMError.self) { try dataSet.set(.patientName, "Ångström") }
        try dataSet.set(.specificCharacterSet, "ISO_IR 100")
        try dataSet.set(.patientName, "Ångström")
        #expect(dataSet[.patientName]?.bytes?.first == 0xC5)
        #expect(dataSet.personName(.patientName)?.alphabetic.family == "Ångström")
        #expect(throws: DICOMError.self) { try dataSet.set(.patientName, "王") }
    }

    @Test func givesItemsTheSetAroundThem() throws {
        var item = DataSet()
        item.insert(DataElement(tag: .patientName, vr: .pn, value: .bytes([0xBB, 0xEE])))
        var dataSet = DataSet()
        try dataSet.set(.specificCharacterSet, "ISO_IR 144")
        dataSet.set(.referencedStudySequence, items: [item])
        #expect(dataSet.items(.referencedStudySequence).first?.text(.patientName) == "Лю")
    }

    @Test func stopsBeforePixelData() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        raw.addHeader(0x7FE0_0010, "OW", 1000)
        let file = try Scanning.read(raw.bytes, stopsBeforePixelData: true)
        #expect(file.dataSet.elements.map(\.tag) == [.sopClassUID, .sopInstanceUID])
        #expect(throws: DICOMError.self) { try Scanning.read(raw.bytes) }
    }

    @Test func boundsTheTree() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        raw.add(0x7FE0_0010, "OW", [UInt8](repeating: 0, count: 1000))
        var limits = ScanLimits()
        limits.maximumTreeByteCount = 500
        #expect(throws: DICOMError.self) {
            try DataSetReader.read(raw.bytes, limits: limits)
        }
    }

    @Test func refusesFragmentsInImplicitVR() throws {
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, "1.2")
        try dataSet.set(.sopInstanceUID, "1.2.3")
        dataSet.insert(DataElement(tag: .pixelData, vr: .ob, value: .fragments([[], [1, 2]])))
        #expect(throws: DICOMError.self) {
            try Part10Writer(transferSyntax: .implicitVRLittleEndian).bytes(of: dataSet)
        }
    }
}
