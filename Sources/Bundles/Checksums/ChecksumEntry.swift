// One line of a checksum list.

/// A path and the digest of its bytes.
package struct ChecksumEntry: Sendable, Equatable {
    /// The path's bytes, unescaped and without `./` in front.
    package let path: [UInt8]
    /// SHA-256, 32 bytes.
    package let digest: [UInt8]

    package init(path: [UInt8], digest: [UInt8]) {
        precondition(digest.count == DigestAlgorithm.sha256.byteCount, "a SHA-256 digest has 32 bytes")
        self.path = path
        self.digest = digest
    }

    /// The path for display.
    package var pathText: String { NameText.text(of: path, isZip: false) }

    /// The line as `sha256sum` prints it, its line feed included.
    var line: [UInt8] {
        let (escaped, isEscaped) = ChecksumEscape.escaped(path)
        return (isEscaped ? [ChecksumEscape.mark] : []) + Array(Hex.text(of: digest).utf8) + [0x20, 0x20] + escaped
            + [0x0A]
    }
}
