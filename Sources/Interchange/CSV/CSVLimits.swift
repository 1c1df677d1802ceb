// CSVLimits owns every bound that a CSV drop meets. A line beyond one is refused alone; a drop beyond one as a whole.

/// Bounds for reading one CSV drop.
package struct CSVLimits: Sendable, Equatable {
    /// Of one record with its quotes and line feeds. The rest of a longer one is passed over, not kept.
    package var maximumRecordByteCount = 1 << 20
    package var maximumFieldCount = 64
    package var maximumRecordCount = 1_000_000

    package init() {}

    package static let standard = CSVLimits()
}
