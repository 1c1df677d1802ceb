// Names are bytes; their text is safe to show.

import Testing

@testable import Files

@Suite struct FileNameTests {
    @Test func whatIsNoNameIsRefused() {
        #expect(FileName(bytes: []) == nil)
        #expect(FileName(bytes: Array("a/b".utf8)) == nil)
        #expect(FileName(bytes: [0x61, 0]) == nil)
    }

    @Test(
        "text",
        arguments: [
            (Array("IM1".utf8), "IM1"),
            (Array("山田.dcm".utf8), "山田.dcm"),
            ([0x61, 0xFF, 0x62], "a%FFb"),
            (Array("a\nb\u{1B}".utf8), "a%0Ab%1B"),
            (Array("a\u{202E}b".utf8), "a%E2%80%AEb"),
            ([0xE5, 0xB1], "%E5%B1"),
        ])
    func text(bytes: [UInt8], shown: String) throws {
        #expect(try #require(FileName(bytes: bytes)).text == shown)
    }
}
