// PixelDataPlace owns where an image's pixel data lies, byte for byte, without holding any of it. Offsets count from
// the start of the file, or of the inflated data set for a deflated file.

/// The place of a data set's own pixel data; that of icons inside sequences is none.
package struct PixelDataPlace: Hashable, Sendable {
    /// A run of bytes.
    package struct Run: Hashable, Sendable {
        package let offset: UInt64
        package let byteCount: UInt64

        package init(offset: UInt64, byteCount: UInt64) {
            self.offset = offset
            self.byteCount = byteCount
        }

        /// The first offset past it; the largest number when there is none.
        package var end: UInt64 {
            let (sum, overflow) = offset.addingReportingOverflow(byteCount)
            return overflow ? .max : sum
        }
    }

    /// (7FE0,0010), (7FE0,0008) or (7FE0,0009).
    package let tag: Tag
    /// Nil when the header says none.
    package let vr: VR?
    package let isEncapsulated: Bool
    package let isBigEndian: Bool
    /// Native: the value. Encapsulated: from the basic offset table's header on, of no length.
    package let value: Run
    /// Encapsulated: the fragments after the basic offset table, without their headers (PS3.5 annex A.4).
    package internal(set) var fragments: [Run] = []
    /// Encapsulated: the bytes of the basic offset table.
    package internal(set) var basicOffsetTable: [UInt8] = []
}
