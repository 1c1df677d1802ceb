// Diagnoses as structured reports: of DCMTK, highdicom and pydicom.

import DICOM
import Radiology
import Testing

@testable import Interchange

@Suite struct SRItemsTests {
    private static let study = "1.2.826.0.1.3680043.10.1611.1"

    private func read(_ name: String, zone: ZoneOffset = .unknown) throws -> Diagnosis {
        try SRItems.diagnosis(try DiagnosisFixture.bytes(name), zone: zone)
    }

    private func refusal(_ bytes: [UInt8], zone: ZoneOffset = .unknown) -> String? {
        message { () throws(ItemError) in try SRItems.diagnosis(bytes, zone: zone) }
    }

    @Test func everythingOfAReportIsRead() throws {
        let image = Self.study + ".1.1"
        let expected = Diagnosis(
            exam: ExamReference(accessionNumber: "A-1001", studyInstanceUID: Self.study), patientID: "P-9",
            issuerOfPatientID: "NORTHSIDE", confidence: 0.8,
            findings: [
                Finding(
                    code: "SCT:129792001", laterality: "L", sopInstanceUID: image, x: 812, y: 300.5,
                    text: "Calcification"),
                Finding(sopInstanceUID: image, text: "Frame 3. a shadow"),
            ], text: "左乳房に腫瘤\nRecall.", readAt: "2026-11-20T10:15:00+09:00", readerPersonName: "SATO^JIRO=佐藤^次郎",
            labelCodes: [
                CodedConcept(value: "1234", schemeDesignator: "SCT"),
                CodedConcept(value: "129792001", schemeDesignator: "SCT"),
            ], isVerified: false)
        let found = try read("enhanced-with-findings.dcm")
        #expect(found == expected)
        #expect(found.labelCode?.description == "SCT:1234 (Recall)")
    }

    @Test func theProtocolSaysWhichCodeIsTheLabel() throws {
        let diagnosis = try read("enhanced-with-findings.dcm")
        #expect(diagnosis.labels(by: ["recall": ["SCT:9", "SCT:1234"], "normal": ["SCT:5678"]]) == ["recall"])
        #expect(diagnosis.labels(by: ["recall": ["DCM:1234"]]) == [])
        #expect(diagnosis.labels(by: ["b": ["SCT:129792001"], "a": ["SCT:1234"]]) == ["a", "b"])
    }

    @Test func theVerifyingObserverIsTheReader() throws {
        let zone = try #require(ZoneOffset(identifier: "Asia/Tokyo"))
        let diagnosis = try read("verified-without-offset.dcm", zone: zone)
        #expect(diagnosis.reader == "ito")
        #expect(diagnosis.readerPersonName == "ITO^HANAKO")
        #expect(diagnosis.isVerified == true)
        #expect(diagnosis.readAt == "2026-11-20T10:15:00+09:00")
        #expect(
            refusal(try DiagnosisFixture.bytes("verified-without-offset.dcm"))?.contains(
                "ContentDate, ContentTime: '20261120101500' has no offset from UTC") == true)
    }

    @Test(arguments: [
        ("basic-text-by-dcmtk.dcm", "SCT:5678", "Nothing new."), ("comprehensive-by-highdicom.dcm", "SCT:1234", nil),
    ])
    func reportsOfOtherProgramsAreRead(name: String, code: String, text: String?) throws {
        let diagnosis = try read(name, zone: ZoneOffset { _ in 0 })
        #expect(diagnosis.readerPersonName == "SATO^JIRO")
        #expect(diagnosis.exam == ExamReference(accessionNumber: "A-1001", studyInstanceUID: Self.study))
        #expect(diagnosis.labelCodes.map(\.key).contains(code))
        #expect(!diagnosis.labelCodes.map(\.schemeDesignator).contains("RFC5646"))
        #expect(diagnosis.text == text)
        #expect(diagnosis.readAt == "2026-11-20T10:15:00+00:00")
    }

    @Test func reportsThatAreUnclearAreRefused() throws {
        #expect(
            refusal(try DiagnosisFixture.bytes("evidence-of-two-studies.dcm"), zone: ZoneOffset { _ in 0 })
                == "CurrentRequestedProcedureEvidenceSequence: the evidence is of 2 studies, and the report belongs "
                + "to none of them")
        #expect(
            refusal(try DiagnosisFixture.bytes("no-coded-answer.dcm"))
                == "the report has no coded statement (CODE item) that could be the label")
    }

    @Test func whatIsNoReportIsRefused() throws {
        #expect(refusal([])?.isEmpty == false)
        #expect(refusal(Array("MSH|".utf8))?.isEmpty == false)
        let bytes = try DiagnosisFixture.bytes("enhanced-with-findings.dcm")
        #expect(refusal(Array(bytes.dropLast(30)))?.contains("the file ends") == true)
        var dataSet = try DataSetReader.read(bytes).dataSet
        try dataSet.set(.sopClassUID, "1.2.840.10008.5.1.4.1.1.88.59")
        let file = try Part10Writer(transferSyntax: .explicitVRLittleEndian).bytes(of: dataSet)
        #expect(refusal(file)?.contains("SOPClassUID: the file is Key Object Selection Document Storage") == true)
    }

    /// The fixture with its content changed.
    private func changed(_ change: (inout DataSet) throws -> Void) throws -> [UInt8] {
        var dataSet = try DataSetReader.read(try DiagnosisFixture.bytes("enhanced-with-findings.dcm")).dataSet
        try change(&dataSet)
        return try Part10Writer(transferSyntax: .explicitVRLittleEndian).bytes(of: dataSet)
    }

    @Test func twoReadersOfOneReportAreRefused() throws {
        let bytes = try changed { dataSet in
            var items = dataSet.items(.contentSequence)
            var second = items[1]
            try second.set(.personName, "ITO^HANAKO")
            items.append(second)
            dataSet.set(.contentSequence, items: items)
        }
        #expect(refusal(bytes)?.contains("Person Observer Name: the report names several readers") == true)
    }

    @Test func anAccessionNumberOfAnotherStudyIsNotTaken() throws {
        let bytes = try changed { try $0.set(.studyInstanceUID, "1.2.3") }
        #expect(try SRItems.diagnosis(bytes).exam == ExamReference(studyInstanceUID: Self.study))
    }

    @Test func aDeepReportEndsAtItsLimit() throws {
        var item = DataSet()
        try item.set(.valueType, "CONTAINER")
        for _ in 0..<200 {
            var outer = DataSet()
            try outer.set(.valueType, "CONTAINER")
            outer.set(.contentSequence, items: [item])
            item = outer
        }
        let bytes = try changed { $0.set(.contentSequence, items: [item]) }
        #expect(refusal(bytes)?.contains("128") == true)
    }
}
