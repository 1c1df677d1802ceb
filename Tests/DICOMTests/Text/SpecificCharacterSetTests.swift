// Every character set of PS3.3 C.12.1.1.2 decodes; code extensions follow PS3.5 6.1.2.5; bytes without meaning are
// replaced and reported. The examples with escapes are those of PS3.5 annexes H, I and J.

import DICOM
import Testing

struct SpecificCharacterSetTests {
    @Test(arguments: [
        ("ISO_IR 100", [0xC4, 0xE9], "Äé"), ("ISO_IR 101", [0xB1, 0xE8], "ąč"), ("ISO_IR 109", [0xA6, 0xFD], "Ĥŭ"),
        ("ISO_IR 110", [0xB1, 0xBE], "ąž"), ("ISO_IR 144", [0xBB, 0xEE], "Лю"), ("ISO_IR 127", [0xE2, 0xC8], "قب"),
        ("ISO_IR 126", [0xC4, 0xE9], "Δι"), ("ISO_IR 138", [0xF9, 0xF8], "שר"), ("ISO_IR 148", [0xDD, 0xFE], "İş"),
        ("ISO_IR 203", [0xA4, 0xBD], "€œ"), ("ISO_IR 166", [0xA1, 0xD2], "กา"), ("ISO_IR 13", [0xD4, 0xCF], "ﾔﾏ"),
        ("ISO_IR 192", [0xE7, 0x8E, 0x8B], "王"), ("GB18030", [0xCD, 0xF5], "王"), ("GBK", [0xCD, 0xF5], "王"),
    ])
    func decodesASet(term: String, bytes: [UInt8], text: String) {
        let decoded = SpecificCharacterSet(terms: [term]).decode(bytes)
        #expect(decoded.text == text)
        #expect(decoded.isFaithful)
    }

    @Test(arguments: [
        (["", "ISO 2022 IR 87"], "Yamada^Tarou=\u{1B}$B;3ED\u{1B}(B^\u{1B}$BB@O:\u{1B}(B", "Yamada^Tarou=山田^太郎"),
        (["", "ISO 2022 IR 159"], "\u{1B}$(D0!\u{1B}(B^A", "丂^A"),
    ])
    func decodesEscapesInSevenBits(terms: [String], value: String, text: String) {
        let decoded = SpecificCharacterSet(terms: terms).decode(Array(value.utf8), isPersonName: true)
        #expect(decoded.text == text)
        #expect(decoded.isFaithful)
    }

    @Test func decodesKoreanOfAnnexI() {
        let bytes =
            Array("Hong^Gildong=".utf8) + [
                0x1B, 0x24, 0x29, 0x43, 0xFB, 0xF3, 0x5E, 0x1B, 0x24, 0x29, 0x43, 0xD1, 0xCE, 0xD4, 0xD7,
            ]
        let decoded = SpecificCharacterSet(terms: ["", "ISO 2022 IR 149"]).decode(bytes, isPersonName: true)
        #expect(decoded.text == "Hong^Gildong=洪^吉洞")
    }

    @Test func decodesSimplifiedChineseWithEscapes() {
        let bytes: [UInt8] = [0x1B, 0x24, 0x29, 0x41, 0xCD, 0xF5, 0x5E, 0x1B, 0x24, 0x29, 0x41, 0xD0, 0xA1]
        let decoded = SpecificCharacterSet(terms: ["", "ISO 2022 IR 58"]).decode(bytes, isPersonName: true)
        #expect(decoded.text == "王^小")
    }

    @Test func switchesSingleByteSetsByEscapes() {
        let bytes: [UInt8] = [0xE9, 0x1B, 0x2D, 0x46, 0xC4, 0x0D, 0xE9]
        let decoded = SpecificCharacterSet(terms: ["ISO 2022 IR 100", "ISO 2022 IR 126"]).decode(bytes)
        #expect(decoded.text == "éΔ\ré")
    }

    @Test func resetsAtDelimitersOfNames() {
        let bytes: [UInt8] = [0x1B, 0x2D, 0x46, 0xC4, 0x5E, 0xC4]
        let set = SpecificCharacterSet(terms: ["ISO 2022 IR 100", "ISO 2022 IR 126"])
        #expect(set.decode(bytes, isPersonName: true).text == "Δ^Ä")
        #expect(set.decode(bytes).text == "Δ^Δ")
    }

    @Test func replacesBytesWithoutMeaning() {
        let utf8 = SpecificCharacterSet.utf8.decode([0x41, 0xFF, 0x42])
        #expect(utf8.text == "A\u{FFFD}B")
        #expect(!utf8.isFaithful)
        let greek = SpecificCharacterSet(terms: ["ISO_IR 126"]).decode([0x41, 0xFF])
        #expect(greek.text == "A\u{FFFD}")
        #expect(!greek.isFaithful)
        let half = SpecificCharacterSet(terms: ["", "ISO 2022 IR 87"]).decode([0x1B, 0x24, 0x42, 0x3B])
        #expect(half.text == "\u{FFFD}")
    }

    @Test func keepsEscapesThatAreNotDeclared() {
        let decoded = SpecificCharacterSet.standard.decode(Array("\u{1B}$B;3".utf8))
        #expect(decoded.text == "\u{1B}$B;3")
        #expect(!decoded.isFaithful)
    }

    @Test func readsMisspeltTermsAndReportsUnknownOnes() {
        #expect(SpecificCharacterSet(terms: ["ISO-IR 126"]).decode([0xC4]).text == "Δ")
        #expect(SpecificCharacterSet(terms: ["ISO IR 126"]).decode([0xC4]).text == "Δ")
        let unknown = SpecificCharacterSet(terms: ["KLINGON"])
        #expect(unknown.findings == ["the character set \"KLINGON\" is unknown"])
        #expect(unknown.decode([0xE9]).text == "é")
    }

    @Test func refusesExtensionsOfSetsThatStandAlone() {
        let set = SpecificCharacterSet(terms: ["ISO_IR 192", "ISO 2022 IR 87"])
        #expect(set.findings.count == 1)
        #expect(set.decode([0xC3, 0xA9]).text == "é")
    }
}
