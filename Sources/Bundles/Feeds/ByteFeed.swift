// A run of bytes that an archive is read from.
//
// Chunks are lent: each is valid until the feed is used again. Nothing is copied that need not be.

protocol ByteFeed: AnyObject {
    /// The next chunk; nil at the end.
    func nextChunk() throws(BundleError) -> UnsafeRawBufferPointer?
    /// Moves to an offset from the first byte; false when the feed cannot.
    func seek(to offset: Int64) -> Bool
    /// Bytes from the first to the next one to come.
    var offset: Int64 { get }
    /// All bytes, where the feed knows.
    var byteCount: Int64? { get }
}

extension ByteFeed {
    func seek(to offset: Int64) -> Bool { false }
    var byteCount: Int64? { nil }
}
