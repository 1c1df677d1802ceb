// HL7Limits owns every bound that an HL7 drop meets. Beyond one the drop is refused as a whole.

/// Bounds for reading one HL7 v2 drop.
package struct HL7Limits: Sendable, Equatable {
    package var maximumByteCount = 64 << 20
    package var maximumSegmentByteCount = 1 << 20
    package var maximumSegmentCount = 1_000_000
    /// Of one segment.
    package var maximumFieldCount = 256
    /// Segments of one message.
    package var maximumMessageSegmentCount = 100_000

    package init() {}

    package static let standard = HL7Limits()
}
