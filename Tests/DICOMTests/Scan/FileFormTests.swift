// The form of a file is told from its first bytes, whatever its name.

import DICOM
import Testing

struct FileFormTests {
    @Test func tellsPart10() {
        #expect(Scanning.form(RawFile.part10().bytes) == .part10)
    }

    @Test func tellsMetaWithoutPreamble() {
        #expect(Scanning.form(Array(RawFile.part10().bytes[132...])) == .metaWithoutPreamble)
    }

    @Test(arguments: [(true, false), (true, true), (false, false)])
    func tellsBareDataSets(isExplicit: Bool, isBigEndian: Bool) {
        var file = RawFile(isExplicit: isExplicit, isBigEndian: isBigEndian)
        file.addIdentity()
        file.add(0x0010_0020, "LO", "ID")
        #expect(Scanning.form(file.bytes) == .bareDataSet)
    }

    @Test(arguments: [
        "", "A", "README: put this disc into the reader", "[autorun]\r\nopen=viewer.exe", "{\"00080005\": {}}",
        "%PDF-1.7\n", "PK\u{3}\u{4}\u{14}\0\0\0\u{8}\0", "\u{89}PNG\r\n", "MZ\0\u{3}\0\0\0\u{4}\0\0\0",
        "II*\0\u{8}\0\0\0",
    ])
    func takesNothingElse(text: String) {
        #expect(Scanning.form(Array(text.utf8)) == .notDICOM)
        #expect(Scanning.form(Array(text.utf8) + [UInt8](repeating: 0, count: 1024)) == .notDICOM)
    }

    @Test func takesNoZeros() {
        #expect(Scanning.form([UInt8](repeating: 0, count: 1024)) == .notDICOM)
    }
}
