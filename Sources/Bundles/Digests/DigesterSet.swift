// Several digests of the same bytes in one pass.

/// Several running digests.
package final class DigesterSet {
    private let digesters: [Digester]

    package init(_ algorithms: some Sequence<DigestAlgorithm>) {
        digesters = algorithms.map { Digester($0) }
    }

    package func update(_ bytes: UnsafeRawBufferPointer) {
        for digester in digesters { digester.update(bytes) }
    }

    /// The digests of all bytes since the start; then starts anew.
    package func finish() -> [DigestAlgorithm: [UInt8]] {
        var digests: [DigestAlgorithm: [UInt8]] = [:]
        for digester in digesters { digests[digester.algorithm] = digester.finish() }
        return digests
    }
}
