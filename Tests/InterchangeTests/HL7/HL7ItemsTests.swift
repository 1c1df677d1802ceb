// Diagnoses in HL7 v2: the fixtures that hl7apy made, and the message for every way to get one wrong.

import Radiology
import Testing

@testable import Interchange

@Suite struct HL7ItemsTests {
    private func read(_ name: String, zone: ZoneOffset = .unknown) throws -> [Result<Diagnosis, ItemError>] {
        try HL7Items.diagnoses(try DiagnosisFixture.bytes(name), zone: zone)
    }

    private let one = Diagnosis(
        reader: "sato", exam: ExamReference(accessionNumber: "A-1001"), patientID: "P-9",
        issuerOfPatientID: "NORTHSIDE", label: "recall", confidence: 0.8,
        findings: [Finding(code: "BI-RADS-4", text: "Suspicious"), Finding(code: "CALC")],
        text: "Cluster, left upper outer.\nCompared with 2024.", readAt: "2026-11-20T10:15:00+09:00",
        readerPersonName: "SATO^JIRO")

    @Test(arguments: ["one-read.hl7", "other-delimiters.hl7"])
    func everyObservationIsRead(name: String) throws {
        #expect(try read(name) == [.success(one)])
    }

    @Test func aReaderMayBeNamedOnly() throws {
        let diagnosis = try #require(try read("reader-by-name.hl7").first?.value)
        #expect(diagnosis.reader == nil)
        #expect(diagnosis.readerPersonName == "ITO^HANAKO")
        #expect(diagnosis.label == "benign")
        #expect(diagnosis.labelCode == CodedConcept(value: "benign", schemeDesignator: "LOCAL"))
        #expect(diagnosis.readAt == "2026-11-20T10:10:00+09:00")
        #expect(diagnosis.exam == ExamReference(accessionNumber: "A-1002"))
    }

    @Test func eachOrderIsADiagnosis() throws {
        let results = try read("two-orders-lf.hl7")
        #expect(results.map { $0.value?.exam.accessionNumber } == ["A-1001", "A-1004"])
        #expect(results.map { $0.value?.label } == ["recall", "normal"])
        #expect(results.map { $0.value?.patientID } == ["P-9", "P-9"])
    }

    @Test func escapesAreRead() throws {
        #expect(try read("escapes.hl7").first?.value?.text == "a|b^c&d~e\\fAég\nh\nsecond C:\\temp")
    }

    @Test(arguments: [("japanese-iso-ir87.hl7", "左乳房に腫瘤"), ("latin-1.hl7", "Müller")])
    func characterSetsAreRead(name: String, text: String) throws {
        #expect(try read(name).first?.value?.text == text)
    }

    @Test func bytesWithoutMeaningAreRefused() throws {
        #expect(
            try read("latin-1-called-utf-8.hl7").map(\.message)
                == ["line 5: the segment holds bytes that mean nothing in the character set of MSH-18"])
    }

    @Test func aBadMessageCostsNoOtherOfItsBatch() throws {
        let results = try read("batch-with-an-admission.hl7")
        #expect(results.map { $0.value?.label } == ["recall", nil, "benign"])
        #expect(
            results[1].message == "line 12, message 2, MSH[1]-9: 'ADT^A01' is no diagnosis, which comes as ORU^R01")
    }

    @Test(arguments: [
        ("batch-miscounted.hl7", "line 17: the trailer counts 3 messages of the batch, and there are 2"),
        ("batch-cut.hl7", "the file ends without the trailer BTS of its batch"),
    ])
    func aBatchThatIsNotWholeIsRefused(name: String, expected: String) throws {
        let bytes = try DiagnosisFixture.bytes(name)
        #expect(message { () throws(ItemError) in try HL7Items.diagnoses(bytes) } == expected)
    }

    /// `one-read.hl7` with one text in the place of another.
    private func changed(_ old: String, _ new: String, zone: ZoneOffset = .unknown) throws
        -> Result<Diagnosis, ItemError>
    {
        let text = String(decoding: try DiagnosisFixture.bytes("one-read.hl7"), as: UTF8.self)
        try #require(text.contains(old))
        return try #require(try HL7Items.diagnoses(Array(text.replacing(old, with: new).utf8), zone: zone).first)
    }

    @Test(arguments: [
        ("|DIAG||recall|", "|DIAG|||", "line 4, OBX[1]-5: the label is missing"),
        ("|DIAG||recall|", "|DIAG||recall~benign|", "OBX[1]-5: the label is given 2 times"),
        ("|DIAG|", "|DAIG|", "OBX[1]-3: 'DAIG' is no identifier; did you mean 'DIAG'?"),
        ("|DIAG|", "|OTHER|", "line 3, OBR[1]: the group has no OBX with DIAG in OBX-3"),
        ("|FIND||CALC|", "|FINDING||CALC|", "OBX[4]-3: 'FINDING' is no identifier; did you mean 'FIND'?"),
        ("|FIND||CALC|", "|DIAG||CALC|", "OBX[4]-3: a second DIAG in one OBR group"),
        ("|0.8|", "|high|", "line 5, OBX[2]-5: 'high' is no number"),
        ("|0.8|", "|80|", "OBX[2]-5: the confidence is 80.0, and must be from 0 to 1"),
        ("|||20261120101500+0900|", "|||20261120101500|", "OBX[1]-14: '20261120101500' has no offset from UTC"),
        ("|||20261120101500+0900|", "|||20261120|", "OBX[1]-14: '20261120' is no time with a date, hour and minute"),
        ("|||20261120101500+0900|", "|||20261320101500+0900|", "OBX[1]-14: '20261320101500+0900' is no time"),
        ("||A-1001|", "|||", "line 3, OBR[1]-3: the accession number is missing"),
        ("ORU^R01^", "ORU^R30^", "MSH[1]-9: 'ORU^R30' is no diagnosis"),
        ("|P|2.5", "|P|3.0", "MSH[1]-12: version '3.0' is not version 2"),
        ("|P|2.5", "|P|2.5||||||BIG-5", "MSH[1]-18: the character set 'BIG-5' is not supported"),
        ("MSH|^~\\&|", "MSH|", "MSH[1]: MSH declares no encoding characters"),
        ("||||||F|||20261120101500", "||||||P|||20261120101500", "OBX[1]-11: the status 'P' is not final"),
        ("0.8||||||F|||||sato^SATO^JIRO", "0.8||||||F|||||ito", "OBX[2]-16: the group names two readers"),
        ("OBR|1|", "XYZ|1|", "OBX[1]: the observation stands before any OBR"),
        ("PID|||", "pid|||", "line 2: 'pid|||P-9^^^NORTHSIDE||YAMADA^TARO' begins with no segment's name"),
    ])
    func mistakesAreNamed(old: String, new: String, expected: String) throws {
        let message = try #require(try changed(old, new).message)
        #expect(message.contains(expected), "\(message)")
    }

    @Test func aTimeWithoutOffsetIsThatOfTheZone() throws {
        let tokyo = try #require(ZoneOffset(identifier: "Asia/Tokyo"))
        #expect(
            try changed("20261120101500+0900", "202611201015", zone: tokyo).value?.readAt
                == "2026-11-20T10:15:00+09:00")
        let london = try #require(ZoneOffset(identifier: "Europe/London"))
        #expect(
            try changed("20261120101500+0900", "20260701101500.25", zone: london).value?.readAt
                == "2026-07-01T10:15:00.25+01:00")
        // 01:30 comes twice that night.
        #expect(
            try changed("20261120101500+0900", "202610250130", zone: london).value?.readAt
                == "2026-10-25T01:30:00+01:00")
        #expect(ZoneOffset(identifier: "Atlantis") == nil)
    }

    @Test func observationsOfOthersAreLeftAlone() throws {
        let whole = try changed("OBR|1|", "OBX|1|NM|WEIGHT||70||||||F\rOBR|1|").value
        #expect(whole == one)
        #expect(try changed("OBX|2|", "OBX|9|ST|||x||||||P\rOBX|9|ST|GDT||x||||||P\rOBX|2|").value == one)
    }

    @Test func aPercentIsAHundredth() throws {
        #expect(try changed("||0.8||", "||80|%|").value?.confidence == 0.8)
    }

    @Test func aStudyUIDOfItsOwnSegmentIsTaken() throws {
        #expect(
            try changed("OBX|1|", "ZDS|1.2.840^Filmroom^Application^DICOM\rOBX|1|").value?.exam
                == ExamReference(accessionNumber: "A-1001", studyInstanceUID: "1.2.840"))
    }

    @Test func anObserverWithoutAPartyIDIsKnownByName() throws {
        let diagnosis = try #require(try changed("sato^SATO^JIRO", "D 12^SATO^JIRO").value)
        #expect(diagnosis.reader == nil)
        #expect(diagnosis.readerPersonName == "SATO^JIRO")
        #expect(try changed("sato^SATO^JIRO", "D 12").message?.contains("OBX[1]-16: 'D 12' is no party id") == true)
    }

    @Test(arguments: [
        ("", "the file holds no HL7 message, which begins with MSH"),
        ("\u{0}\u{0}", "line 1: this is no HL7 message, which begins with MSH, BHS or FHS"),
        ("PID|1", "line 1: this is no HL7 message"), ("BTS|0", "line 1: a batch ends that did not begin"),
        ("BHS|^~\\&\rBHS|^~\\&", "line 2: a batch begins inside another"),
        ("FHS|^~\\&\rFTS|0", "the file holds no HL7 message"),
    ])
    func whatIsNoHL7IsRefused(text: String, expected: String) throws {
        let message = try #require(message { () throws(ItemError) in try HL7Items.diagnoses(Array(text.utf8)) })
        #expect(message.contains(expected), "\(message)")
    }

    @Test func hostileMessagesEndAtTheirLimits() throws {
        let start = Array("MSH|^~\\&|||||||ORU^R01|1|P|2.5\rOBR|1||A-1\r".utf8)
        let long = start + Array("OBX|".utf8) + [UInt8](repeating: 0x61, count: 2 << 20)
        #expect(
            message { () throws(ItemError) in try HL7Items.diagnoses(long) }
                == "line 3: the segment is longer than 1048576 bytes")
        let wide = start + Array("OBX".utf8) + [UInt8](repeating: 0x7C, count: 1000)
        #expect(
            try HL7Items.diagnoses(wide).map(\.message) == ["line 3, OBX[1]: the segment has more than 256 fields"])
        let escapes = start + Array("OBX|1|ST|DIAG||".utf8) + [UInt8](repeating: 0x5C, count: 100_000)
        #expect(try HL7Items.diagnoses(escapes).count == 1)
    }
}
