// SHA-256 against the published vectors, whole and in pieces.

import Testing

@testable import Files

@Suite struct SHA256Tests {
    @Test(
        "FIPS 180-4 vectors",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func vector(text: String, hex: String) {
        #expect(SHA256.digest(of: text).hex == hex)
    }

    @Test func piecesGiveTheDigestOfTheWhole() {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: 77) {
            Array(bytes[start..<min(start + 77, bytes.count)]).withUnsafeBytes { hash.update($0) }
        }
        #expect(hash.finish() == SHA256.digest(of: bytes))
        #expect(hash.finish() == SHA256.digest(of: ""))
    }

    @Test func hexIsReadBackAndNothingElseIs() throws {
        let digest = SHA256.digest(of: "x")
        #expect(SHA256Digest(hex: digest.hex.uppercased()) == digest)
        #expect(SHA256Digest(hex: digest.hex.dropLast()) == nil)
        #expect(SHA256Digest(hex: String(repeating: "g", count: 64)) == nil)
        #expect(SHA256Digest(digest.bytes) == digest)
    }
}
