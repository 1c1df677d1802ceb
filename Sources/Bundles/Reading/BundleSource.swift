// Where a bundle's bytes come from.

/// A bundle's bytes.
package enum BundleSource {
    /// Pulls the next chunk, nil at the end. A chunk stays valid until the next pull. For tar, packed or not.
    ///
    /// When `next()` returns nil the stream has been pulled to its last byte, so that a caller may hash the chunks
    /// in the same pass. After an error it is the caller who reads on.
    case stream(() throws -> UnsafeRawBufferPointer?)
    /// An open regular file, read by position from its first byte, never closed and its offset never moved.
    case file(descriptor: Int32)
}
