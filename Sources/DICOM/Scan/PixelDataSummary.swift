// PixelDataSummary owns what a scan tells about pixel data without keeping any of it. Counts are what was found, not
// what the header promises.

/// The pixel data of one file.
package struct PixelDataSummary: Hashable, Sendable {
    /// (7FE0,0010), or (7FE0,0008) and (7FE0,0009) for floating point.
    package internal(set) var tag: Tag
    /// Offset of the element's header.
    package internal(set) var offset: UInt64
    package internal(set) var isEncapsulated: Bool
    /// Fragments after the basic offset table; 0 for native pixel data.
    package internal(set) var fragmentCount = 0
    /// Bytes of the value; for encapsulated pixel data, of all fragments after the basic offset table.
    package internal(set) var byteCount: UInt64 = 0
    /// Bytes of the basic offset table (PS3.5 annex A.4); 0 for an empty one and for native pixel data.
    package internal(set) var basicOffsetTableByteCount: UInt64 = 0
}
