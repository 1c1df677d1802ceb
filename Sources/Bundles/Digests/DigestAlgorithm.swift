// The digests that a bag may name, as far as libcrypto has them.
//
// Names are compared without case and punctuation: `SHA-512`, `sha512` and `Sha_512` are one.

internal import CCrypto

/// A digest algorithm.
package struct DigestAlgorithm: Hashable, Sendable, CustomStringConvertible {
    /// RFC 8493 section 2.4: the normalised names, and libcrypto's own.
    private static let known: [(name: String, cryptoName: String)] = [
        ("sha256", "SHA256"), ("md5", "MD5"), ("sha1", "SHA1"), ("sha224", "SHA224"), ("sha384", "SHA384"),
        ("sha512", "SHA512"), ("sha512224", "SHA512-224"), ("sha512256", "SHA512-256"), ("sha3224", "SHA3-224"),
        ("sha3256", "SHA3-256"), ("sha3384", "SHA3-384"), ("sha3512", "SHA3-512"), ("blake2b", "BLAKE2B-512"),
        ("blake2b512", "BLAKE2B-512"), ("blake2s", "BLAKE2S-256"), ("blake2s256", "BLAKE2S-256"),
        ("ripemd160", "RIPEMD160"), ("sm3", "SM3"),
    ]

    package static let sha256 = DigestAlgorithm(index: 0, byteCount: 32)

    /// Its place in `known`.
    private let index: UInt8
    private let size: UInt8

    /// The normalised name, as in `manifest-sha512.txt`.
    package var name: String { Self.known[Int(index)].name }
    /// The digest's length in bytes.
    package var byteCount: Int { Int(size) }

    var cryptoName: String { Self.known[Int(index)].cryptoName }

    package var description: String { name }

    private init(index: Int, byteCount: Int) {
        self.index = UInt8(index)
        size = UInt8(byteCount)
    }

    /// - Parameter name: A name in any spelling; nil when it is unknown or libcrypto lacks it here.
    package init?(named name: some StringProtocol) {
        let normalized = name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard let index = Self.known.firstIndex(where: { $0.name == normalized }),
            let algorithm = EVP_MD_fetch(nil, Self.known[index].cryptoName, nil)
        else { return nil }
        defer { EVP_MD_free(algorithm) }
        self.init(index: index, byteCount: Int(EVP_MD_get_size(algorithm)))
    }
}
