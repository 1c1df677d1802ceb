// Beginnings of digests: what is one, and the digests that it stands for.

import Foundation
import Testing

@testable import Catalog

@Suite struct DigestPrefixTests {
    @Test func beginsAtEightDigits() throws {
        let prefix = try #require(DigestPrefix("0a1B2c3dE"))
        #expect(prefix.low == Data([0x0A, 0x1B, 0x2C, 0x3D, 0xE0] + Array(repeating: 0x00, count: 27)))
        #expect(prefix.high == Data([0x0A, 0x1B, 0x2C, 0x3D, 0xEF] + Array(repeating: 0xFF, count: 27)))
    }

    @Test func aWholeDigestIsItself() throws {
        let prefix = try #require(DigestPrefix(String(repeating: "9f", count: 32)))
        #expect(prefix.low == Data(repeating: 0x9F, count: 32) && prefix.high == prefix.low)
    }

    @Test(arguments: ["", "0a1b2c3", "0a1b2c3g", "0a1b2c3 ", "d-000017", String(repeating: "0", count: 65), "٠٠٠٠٠٠٠٠"])
    func otherTextsAreNone(_ text: String) {
        #expect(DigestPrefix(text) == nil)
    }
}
