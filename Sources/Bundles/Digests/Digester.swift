// A digest of bytes that come in pieces, by libcrypto's EVP interface.
//
// Owns one context and one fetched algorithm; after `finish()` both are used again. A failure of libcrypto
// here means that memory is out or the library broken: it traps.

internal import CCrypto

/// A running digest.
package final class Digester {
    package let algorithm: DigestAlgorithm
    private let method: OpaquePointer
    private let context: OpaquePointer

    package init(_ algorithm: DigestAlgorithm) {
        guard let method = EVP_MD_fetch(nil, algorithm.cryptoName, nil), let context = EVP_MD_CTX_new() else {
            preconditionFailure("libcrypto no longer has \(algorithm)")
        }
        self.algorithm = algorithm
        self.method = method
        self.context = context
        restart()
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(method)
    }

    /// Forgets what was taken in.
    package func restart() {
        let done = EVP_DigestInit_ex2(context, method, nil)
        precondition(done == 1, "libcrypto cannot start \(algorithm)")
    }

    /// Takes in more bytes.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        let done = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(done == 1, "libcrypto cannot go on with \(algorithm)")
    }

    package func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The digest of all bytes since the start; then starts anew.
    package func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: algorithm.byteCount)
        let done = EVP_DigestFinal_ex(context, &digest, nil)
        precondition(done == 1, "libcrypto cannot finish \(algorithm)")
        restart()
        return digest
    }
}
