// One file that a bag's manifests list.

/// A file with the digests that it must have.
package struct BagItem: Sendable, Equatable {
    /// The path from the bag's base folder: the file's own bytes where it is there, else the manifest's.
    package let path: [UInt8]
    /// What each algorithm must give; empty for a payload file that no manifest lists.
    package let digests: [DigestAlgorithm: [UInt8]]
    /// The file's length in bytes; nil when it is not there.
    package let byteCount: Int64?

    /// The path for display.
    package var pathText: String { NameText.text(of: path, isZip: false) }

    /// Holds computed digests against the manifests.
    ///
    /// - Parameter computed: At least those of `digests`' algorithms.
    /// - Returns: nil when all are right, else what is wrong.
    package func mismatch(_ computed: [DigestAlgorithm: [UInt8]]) -> String? {
        for (algorithm, digest) in digests.sorted(by: { $0.key.name < $1.key.name }) where computed[algorithm] != digest
        {
            let found = computed[algorithm].map { Hex.text(of: $0) } ?? "not computed"
            return "\(pathText): \(algorithm) is \(found), the manifest has \(Hex.text(of: digest))"
        }
        return nil
    }
}
