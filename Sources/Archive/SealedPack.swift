// A pack that is written to its end and waits in the staging folder to be installed.

package import Files

/// A pack before it has its place in a tier.
package struct SealedPack: Sendable {
    package let series: PackSeries
    package let stagingName: FileName
    /// The SHA-256 of its `pack.json`, which names it.
    package let digest: SHA256Digest
    package let byteCount: Int64
    package let memberCount: Int
}
