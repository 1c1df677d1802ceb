// SHA-256 by libcrypto, over bytes that come in pieces.
//
// Owns one EVP context, made once and used again. The algorithm is fetched once a process.
// A failure of libcrypto here means that the process is out of memory or its library is broken: it traps.

internal import CCrypto

/// A running SHA-256.
package final class SHA256 {
    nonisolated(unsafe) private static let algorithm = EVP_MD_fetch(nil, "SHA256", nil)
    private let context = EVP_MD_CTX_new()

    package init() {
        precondition(context != nil && Self.algorithm != nil, "libcrypto has no SHA-256")
        restart()
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Forgets what was taken in.
    package func restart() {
        let done = EVP_DigestInit_ex2(context, Self.algorithm, nil)
        precondition(done == 1, "libcrypto cannot start a SHA-256")
    }

    /// Takes in more bytes.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        let done = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(done == 1, "libcrypto cannot go on with a SHA-256")
    }

    package func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of all bytes since the start; then starts anew.
    package func finish() -> SHA256Digest {
        let digest = withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { buffer in
            let done = EVP_DigestFinal_ex(context, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
            precondition(done == 1, "libcrypto cannot finish a SHA-256")
            return SHA256Digest(UnsafeRawBufferPointer(buffer))
        }
        restart()
        return digest
    }

    /// The digest of all bytes since the start; more may follow.
    package func soFar() -> SHA256Digest {
        let copy = SHA256()
        copy.continueFrom(self)
        return copy.finish()
    }

    /// Goes on as if it had taken in what another did.
    func continueFrom(_ other: SHA256) {
        let done = EVP_MD_CTX_copy_ex(context, other.context)
        precondition(done == 1, "libcrypto cannot copy a SHA-256")
    }

    /// The digest of some bytes.
    package static func digest(of bytes: UnsafeRawBufferPointer) -> SHA256Digest {
        let hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    package static func digest(of text: String) -> SHA256Digest {
        let hash = SHA256()
        hash.update(text)
        return hash.finish()
    }

    package static func digest(of bytes: [UInt8]) -> SHA256Digest {
        bytes.withUnsafeBytes { digest(of: $0) }
    }
}
