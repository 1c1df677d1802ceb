// ISO 9660: how long the volume says it is.

final class ISORules: FormatRules {
    /// ECMA-119 section 8.4: the primary volume descriptor's fields.
    private static let descriptorOffset: Int64 = 16 * 2048
    private static let descriptorByteCount = 2048
    private static let sizeField = 80
    private static let blockField = 128

    private let end: ProperEnd

    /// - Throws: `.truncated` when the file is shorter than its volume.
    init(descriptor: Int32, fileByteCount: Int64) throws(BundleError) {
        let sector = try PositionedRead.bytes(
            descriptor, count: Self.descriptorByteCount, at: Self.descriptorOffset)
        guard sector.count == Self.descriptorByteCount else {
            throw .truncated(text: "the volume descriptor is cut off", offset: fileByteCount)
        }
        let blocks = Int64(LittleEndian.uint32(sector, at: Self.sizeField))
        let blockByteCount = Int64(LittleEndian.uint16(sector, at: Self.blockField))
        let expected = blocks * blockByteCount
        if expected > fileByteCount {
            throw .truncated(text: "the volume has \(expected) bytes by its descriptor", offset: fileByteCount)
        }
        end = expected > 0 ? .ended : .notEnded("the volume descriptor gives no size")
    }

    func end(markOffset: Int64, entryCount: Int) throws(BundleError) -> ProperEnd { end }
}
