// What a scanned file answers: absent, empty and padded values, numbers, names, remarks.

import DICOM
import Testing

struct ScannedFileTests {
    private func file(_ build: (inout RawFile) -> Void) throws -> ScannedFile {
        var raw = RawFile.part10()
        raw.addIdentity()
        build(&raw)
        return try Scanning.file(raw.bytes)
    }

    private func remarks(_ tag: UInt32, _ vr: String, _ value: String) throws -> [String] {
        try file { $0.add(tag, vr, value) }.remarks.filter { $0.tag == Tag(tag) }.map(\.text)
    }

    @Test func tellsAbsentFromEmpty() throws {
        let file = try file { $0.add(0x0010_0020, "LO", "") }
        #expect(file.text(.patientID) == "")
        #expect(file.text(.patientName) == nil)
        #expect(file.values(.patientID) == [])
    }

    @Test func stripsPaddingAndJoinsValues() throws {
        let file = try file {
            $0.add(0x0008_0008, "CS", "ORIGINAL\\PRIMARY ")
            $0.add(0x0010_0010, "PN", "Doe^Jane==  ")
            $0.add(0x0020_0013, "IS", " 007 ")
        }
        #expect(file.text(.imageType) == "ORIGINAL\\PRIMARY")
        #expect(file.values(.imageType) == ["ORIGINAL", "PRIMARY"])
        #expect(file.text(.patientName) == "Doe^Jane")
        #expect(file.personName(.patientName)?.alphabetic.given == "Jane")
        #expect(file.integer(.instanceNumber) == 7)
    }

    @Test func decodesNamesByTheDeclaredSet() throws {
        let file = try file {
            $0.add(0x0008_0005, "CS", "ISO_IR 144")
            $0.add(0x0010_0010, "PN", [0xBB, 0xEE])
        }
        #expect(file.text(.patientName) == "Лю")
    }

    @Test func readsUNByTheDictionary() throws {
        let file = try file { $0.add(0x0028_0010, "UN", [0, 2]) }
        #expect(file.integer(.rows) == 512)
    }

    @Test func remarksOnOddValues() throws {
        #expect(try remarks(0x0020_000D, "UI", "1.02.3") == ["a component of the UID has a leading zero"])
        #expect(try remarks(0x0020_000D, "UI", "1.2..3") == ["the UID has an empty component"])
        #expect(try remarks(0x0020_000D, "UI", "../etc") == ["the UID has an empty component"])
        #expect(try remarks(0x0008_0020, "DA", "20230229") == ["the date does not exist"])
        #expect(try remarks(0x0008_0020, "DA", "20240229").isEmpty)
        #expect(try remarks(0x0008_0030, "TM", "2561").count == 1)
        #expect(try remarks(0x0020_0013, "IS", "1.5 ").count == 1)
        #expect(try remarks(0x0010_0020, "LO", "é") == ["the value needs a character set, and none is declared"])
        let long = String(repeating: "A", count: 66)
        #expect(try remarks(0x0010_0020, "LO", long) == ["a value is longer than 64 characters"])
        #expect(try remarks(0x0010_0020, "LO", "AAA\\" + long.dropLast(2)).isEmpty)
        #expect(try remarks(0x0010_0020, "LO", "a\u{1}") == ["the value has control characters"])
    }

    @Test func remarksOnAnotherUIDInTheMeta() throws {
        var raw = RawFile.part10(sopInstanceUID: "1.2.4")
        raw.addIdentity(sopInstanceUID: "1.2.3")
        let remarks = try Scanning.file(raw.bytes).remarks
        #expect(remarks.map(\.tag) == [.mediaStorageSOPInstanceUID])
    }

    @Test func seesDirectories() throws {
        let bytes = try DataFile.fixture("dicom/pydicom/dicomdirtests/DICOMDIR").bytes()
        #expect(try Scanning.file(bytes).isDirectory)
    }
}
