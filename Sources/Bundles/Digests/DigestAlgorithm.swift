// The digests that a bag may name, as far as libcrypto has them.
//
// Names are compared without case and punctuation: `SHA-512`, `sha512` and `Sha_512` are one.

internal import CCrypto

/// A digest algorithm.
package struct DigestAlgorithm: Hashable, Sendable, CustomStringConvertible {
    /// RFC 8493 section 2.4: the normalised names, and libcrypto's own.
    private static let cryptoNames: [String: String] = [
        "md5": "MD5", "sha1": "SHA1", "sha224": "SHA224", "sha256": "SHA256", "sha384": "SHA384",
        "sha512": "SHA512", "sha512224": "SHA512-224", "sha512256": "SHA512-256", "sha3224": "SHA3-224",
        "sha3256": "SHA3-256", "sha3384": "SHA3-384", "sha3512": "SHA3-512", "blake2b": "BLAKE2B-512",
        "blake2b512": "BLAKE2B-512", "blake2s": "BLAKE2S-256", "blake2s256": "BLAKE2S-256",
        "ripemd160": "RIPEMD160", "sm3": "SM3",
    ]

    package static let sha256 = DigestAlgorithm(name: "sha256", cryptoName: "SHA256", byteCount: 32)

    /// The normalised name, as in `manifest-sha512.txt`.
    package let name: String
    /// The digest's length in bytes.
    package let byteCount: Int
    let cryptoName: String

    package var description: String { name }

    private init(name: String, cryptoName: String, byteCount: Int) {
        self.name = name
        self.cryptoName = cryptoName
        self.byteCount = byteCount
    }

    /// - Parameter name: A name in any spelling; nil when it is unknown or libcrypto lacks it here.
    package init?(named name: some StringProtocol) {
        let normalized = name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard let cryptoName = Self.cryptoNames[normalized], let algorithm = EVP_MD_fetch(nil, cryptoName, nil) else {
            return nil
        }
        defer { EVP_MD_free(algorithm) }
        self.init(name: normalized, cryptoName: cryptoName, byteCount: Int(EVP_MD_get_size(algorithm)))
    }
}
