// Digests against published values.

import Testing

@testable import Bundles

struct DigesterTests {
    /// Of "abc": FIPS 180-4, FIPS 202, RFC 1321 and RFC 7693.
    @Test(arguments: [
        ("md5", "900150983cd24fb0d6963f7d28e17f72"),
        ("SHA-1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ("SHA3_256", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
        ("blake2s", "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982"),
    ])
    func knownValues(_ name: String, _ hex: String) throws {
        let digester = Digester(try #require(DigestAlgorithm(named: name)))
        for byte in "abc".utf8 { digester.update([byte]) }
        #expect(Hex.text(of: digester.finish()) == hex)
        digester.update(Array("abc".utf8))
        #expect(Hex.text(of: digester.finish()) == hex)
    }

    @Test(arguments: [
        "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha512224", "sha512256", "sha3224", "sha3256",
        "sha3384",
        "sha3512", "blake2b512", "blake2s256", "sm3",
    ])
    func offered(_ name: String) throws {
        let algorithm = try #require(DigestAlgorithm(named: name))
        #expect(Digester(algorithm).finish().count == algorithm.byteCount)
    }

    @Test func unknown() { #expect(DigestAlgorithm(named: "sha0") == nil) }
}
