// A scan walks the whole structure: what is well-formed passes, what is cut or damaged ends with tag and offset.

import DICOM
import Testing

struct FileScannerTests {
    @Test(arguments: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2"])
    func readsTheNativeSyntaxes(uid: String) throws {
        var raw = RawFile.part10(uid)
        raw.addIdentity()
        raw.add(0x0010_0020, "LO", "AB-1")
        raw.addHeader(0x0028_0010, "US", 2)
        raw.add16(512)
        let file = try Scanning.file(raw.bytes)
        #expect(file.text(.patientID) == "AB-1")
        #expect(file.integer(.rows) == 512)
        #expect(file.transferSyntaxUID == uid)
        #expect(file.mediaStorageSOPInstanceUID == "1.2.3")
    }

    @Test func walksSequencesOfEitherLength() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        raw.addHeader(0x0008_1110, "SQ", 0xFFFF_FFFF)
        raw.addItem()
        raw.add(0x0010_0020, "LO", "NO")
        raw.endItem()
        raw.endSequence()
        raw.addHeader(0x0008_1115, "SQ", 18)
        raw.addItem(length: 10)
        raw.add(0x0010_0020, "LO", "NO")
        raw.add(0x0010_0020, "LO", "ID")
        #expect(try Scanning.file(raw.bytes).text(.patientID) == "ID")
    }

    @Test func walksUNOfUndefinedLengthAsImplicit() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        raw.addHeader(0x0009_1010, "UN", 0xFFFF_FFFF)
        raw.addItem()
        raw.isExplicit = false
        raw.add(0x0010_0020, "LO", "NO")
        raw.isExplicit = true
        raw.endItem()
        raw.endSequence()
        raw.add(0x0010_0020, "LO", "ID")
        #expect(try Scanning.file(raw.bytes).text(.patientID) == "ID")
    }

    @Test func countsFragments() throws {
        var raw = RawFile.part10("1.2.840.10008.1.2.4.50")
        raw.addIdentity()
        raw.addHeader(0x7FE0_0010, "OB", 0xFFFF_FFFF)
        for length in [4, 6, 8] as [UInt32] {
            raw.addItem(length: length)
            raw.bytes += [UInt8](repeating: 0xFF, count: Int(length))
        }
        raw.endSequence()
        let pixelData = try #require(try Scanning.file(raw.bytes).pixelData)
        #expect(pixelData.isEncapsulated)
        #expect(pixelData.fragmentCount == 2)
        #expect(pixelData.byteCount == 14)
        #expect(pixelData.basicOffsetTableByteCount == 4)
    }

    @Test func saysWhereAFileIsCut() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        let start = raw.bytes.count
        raw.addHeader(0x7FE0_0010, "OW", 100)
        raw.bytes += [1, 2, 3, 4]
        let outcome = Scanning.outcome(raw.bytes)
        #expect(outcome.error == .truncated(tag: .pixelData, offset: UInt64(start), missingByteCount: 96))
        #expect(outcome.file.text(.sopInstanceUID) == "1.2.3")
    }

    @Test func findsEveryCutInsideAnElement() throws {
        let whole = try DataFile.fixture("dicom/pydicom/rtplan.dcm").bytes()
        let elementCount = try Scanning.read(whole).dataSet.elements.count
        var taken = 0
        for count in 400..<whole.count where Scanning.outcome(Array(whole[..<count])).error == nil { taken += 1 }
        // Only a cut between two top-level elements looks whole.
        #expect(taken < elementCount)
        #expect(taken > 0)
    }

    @Test func passesOverDamageInsideADefinedLength() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        raw.addHeader(0x0009_1010, "SQ", 16)
        raw.bytes += [UInt8](repeating: 0x41, count: 16)
        raw.add(0x0010_0020, "LO", "ID")
        let file = try Scanning.file(raw.bytes)
        #expect(file.text(.patientID) == "ID")
        #expect(file.remarks.contains { $0.text.contains("an item was expected") })
    }

    @Test func refusesDamageOfUndefinedLength() {
        var raw = RawFile.part10()
        raw.addIdentity()
        let start = raw.bytes.count
        raw.addHeader(0x0009_1010, "SQ", 0xFFFF_FFFF)
        raw.bytes += [UInt8](repeating: 0x41, count: 16)
        let error = Scanning.outcome(raw.bytes).error
        #expect(error?.offset == UInt64(start + 12))
        #expect(error?.text == "an item was expected")
    }

    @Test func takesTrailingBytesAfterPixelDataOnly() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        #expect(Scanning.outcome(raw.bytes + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).file.trailingByteCount == 11)
        #expect(Scanning.outcome(raw.bytes + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]).error != nil)
        raw.add(0x7FE0_0010, "OW", [1, 2])
        let file = try Scanning.file(raw.bytes + [9, 9, 9, 9, 9, 9, 9, 9, 9])
        #expect(file.trailingByteCount == 9)
        #expect(file.remarks.contains { $0.text == "9 bytes follow the data set" })
    }

    @Test func refusesASecondFileInOne() {
        var raw = RawFile.part10()
        raw.addIdentity()
        raw.add(0x7FE0_0010, "OW", [1, 2])
        #expect(Scanning.outcome(raw.bytes + raw.bytes).error?.text == "a second DICOM file follows in the same file")
    }

    @Test func saysWhatMakesTheReadingAGuess() throws {
        var plain = RawFile.part10()
        plain.addIdentity()
        #expect(try Scanning.file(plain.bytes).defect == nil)

        var unknownSyntax = RawFile.part10("1.2.840.99999.1")
        unknownSyntax.addIdentity()
        #expect(try Scanning.file(unknownSyntax.bytes).defect?.tag == .transferSyntaxUID)

        var unknownVR = plain
        unknownVR.add(0x0008_0060, "ZZ", "MG")
        let defect = try #require(try Scanning.file(unknownVR.bytes).defect)
        #expect(defect.tag == .modality && defect.text.contains("VR 'ZZ'"))
        var privateVR = plain
        privateVR.add(0x0009_1001, "ZZ", "MG")
        #expect(try Scanning.file(privateVR.bytes).defect == nil)
        #expect(try !Scanning.file(privateVR.bytes).remarks.isEmpty)
    }

    @Test(arguments: [(2, true), (40, true), (0, false), (90, false), (5000, false)])
    func aGroupLengthMustReachTheTransferSyntax(_ length: UInt32, _ isDefect: Bool) throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        withUnsafeBytes(of: length.littleEndian) { raw.bytes.replaceSubrange(140..<144, with: $0) }
        let file = try Scanning.file(raw.bytes)
        #expect((file.defect?.tag == .fileMetaInformationGroupLength) == isDefect)
        #expect(file.remarks.contains { $0.tag == .fileMetaInformationGroupLength })
    }

    @Test func seesAViewCodeInTheRootOnly() throws {
        var raw = RawFile.part10()
        raw.addIdentity()
        #expect(try !Scanning.file(raw.bytes).hasViewCode)
        raw.addHeader(0x0054_0220, "SQ", 0)
        #expect(try Scanning.file(raw.bytes).hasViewCode)
    }

    @Test func triesUnknownSyntaxesAsExplicit() throws {
        var raw = RawFile.part10("1.2.840.99999.1")
        raw.addIdentity()
        let file = try Scanning.file(raw.bytes)
        #expect(file.remarks.contains { $0.tag == .transferSyntaxUID })
        raw.addHeader(0x7FE0_0010, "OW", 100)
        guard case .unsupportedTransferSyntax(let uid, let tag, _, _) = Scanning.outcome(raw.bytes).error else {
            Issue.record("a syntax that does not walk is not supported")
            return
        }
        #expect(uid == "1.2.840.99999.1")
        #expect(tag == .pixelData)
    }

    @Test func throwsTheSameAgain() {
        var scanner = FileScanner()
        let text = [UInt8](repeating: 0x41, count: 2000)
        for _ in 0..<2 {
            #expect(throws: DICOMError.notDICOM(offset: 0, text: "neither a DICOM file nor a bare data set")) {
                try scanner.consume(text)
            }
        }
    }
}
