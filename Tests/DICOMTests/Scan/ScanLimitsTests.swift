// Hostile input ends at a named limit.

import DICOM
import Testing

struct ScanLimitsTests {
    @Test func boundsTheDepth() {
        var raw = RawFile.part10()
        raw.addIdentity()
        for _ in 0..<500 {
            raw.addHeader(0x0008_1110, "SQ", 0xFFFF_FFFF)
            raw.addItem()
        }
        guard case .limit(let tag, _, let text) = Scanning.outcome(raw.bytes).error else {
            Issue.record("500 levels are taken")
            return
        }
        #expect(tag == .referencedStudySequence)
        #expect(text == "sequences are nested deeper than 128")
    }

    @Test func boundsTheElements() {
        var raw = RawFile.part10()
        raw.addIdentity()
        for _ in 0..<20 { raw.add(0x0010_0020, "LO", "ID") }
        var limits = ScanLimits()
        limits.maximumElementCount = 10
        #expect(Scanning.outcome(raw.bytes, limits: limits).error?.text == "more than 10 elements")
    }

    @Test func cutsLongValues() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        raw.add(0x0010_0020, "UT", [UInt8](repeating: 0x41, count: 100_000))
        let file = try Scanning.file(raw.bytes)
        #expect(file.text(.patientID)?.utf8.count == 65_536)
        #expect(file.remarks.contains { $0.tag == .patientID })
    }

    @Test func boundsRepeatedValues() {
        var raw = RawFile.part10()
        raw.addIdentity()
        for _ in 0..<20 { raw.add(0x0010_0020, "LO", [UInt8](repeating: 0x41, count: 1000)) }
        var limits = ScanLimits()
        limits.maximumCapturedTotal = 10_000
        #expect(Scanning.outcome(raw.bytes, limits: limits).error?.text == "catalogued elements are repeated too often")
    }

    @Test func boundsTheRemarks() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        for _ in 0..<1000 { raw.addItem(0xFFFE_E0DD, length: 0) }
        #expect(try Scanning.file(raw.bytes).remarks.count == 64)
    }

    @Test func boundsInflation() throws {
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, "1.2.840.10008.5.1.4.1.1.7")
        try dataSet.set(.sopInstanceUID, "1.2.3")
        let zeros = [UInt8](repeating: 0, count: 8 << 20)
        dataSet.insert(DataElement(tag: .pixelData, vr: .ow, value: .bytes(zeros)))
        let bytes = try Part10Writer(transferSyntax: .deflatedExplicitVRLittleEndian).bytes(of: dataSet)
        #expect(bytes.count < 20_000)
        #expect(Scanning.outcome(bytes).error == nil)
        var limits = ScanLimits()
        limits.inflatedByteCountAtAnyRatio = 1 << 20
        let error = Scanning.outcome(bytes, limits: limits).error
        #expect(error?.text == "the deflated data set grows to more than 200 times its size")
    }
}
