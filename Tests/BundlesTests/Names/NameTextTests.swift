// Names in odd encodings become readable text, the same each time.

import Testing

@testable import Bundles

struct NameTextTests {
    @Test func encodingsAreGuessed() throws {
        #expect(try Transcript.of(fixture: "name-shift-jis.zip").lines.first == "file 検査画像/ＩＭ１ 7")
        #expect(try Transcript.of(fixture: "name-cp437.zip").lines.first == "file Müller/é.dcm 7")
        #expect(try Transcript.of(fixture: "name-latin-1.tar").lines.first == "file tête 5")
        #expect(try Transcript.of(fixture: "pax-unicode.tar").lines.first == "file 検査/é.dcm 3")
    }

    @Test func everyByteBecomesText() {
        for byte in UInt8.min...UInt8.max {
            for isZip in [true, false] {
                let text = NameText.text(of: [0x61, byte, 0x62], isZip: isZip)
                #expect(text.hasPrefix("a") && text.hasSuffix("b"))
                #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F })
            }
        }
    }

    @Test func bytesThatFitNoGuessAreStillText() {
        // 0x8FB8 and 0x82FD are pairs by their form, and no characters of Shift_JIS.
        #expect(NameText.text(of: [0x82, 0xA0, 0x82, 0xFD, 0x8F, 0xB8, 0xFC, 0xFC], isZip: false).isEmpty == false)
        #expect(NameText.text(of: [0x82, 0xA0, 0x82, 0xFD, 0x8F, 0xB8, 0xFC, 0xFC], isZip: true).isEmpty == false)
    }

    @Test func controlAndDirectionCharactersAreEscaped() {
        #expect(NameText.text(of: Array("a\nb\u{202E}c\u{7F}".utf8), isZip: true) == "a%0Ab%E2%80%AEc%7F")
    }
}
