// Where a bundle's bytes come from.

/// A bundle's bytes.
package enum BundleSource {
    /// Pulls the next chunk, nil at the end. A chunk stays valid until the next pull. For tar, packed or not.
    ///
    /// A caller that hashes the chunks in the same pass calls `BundleReader.finish()` at the end: it pulls
    /// what lies behind the archive's end mark.
    case stream(() throws -> UnsafeRawBufferPointer?)
    /// An open regular file, read by position from its first byte, never closed and its offset never moved.
    case file(descriptor: Int32)
}
