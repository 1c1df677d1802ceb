// ScanLimits owns every bound that hostile input meets in this module. Each is named, has a default, and ends in
// DICOMError.limit (or, where the file stays readable, in a remark). No reader here works without them.

/// Bounds for reading one file.
package struct ScanLimits: Sendable, Equatable {
    /// Sequences inside each other. Known files that other readers take reach 100.
    package var maximumDepth = 128
    /// Data elements and items of a file.
    package var maximumElementCount: UInt64 = 50_000_000
    /// Bytes kept of one catalogued value; a longer one is cut, with a remark.
    package var maximumCapturedByteCount = 65_536
    /// Bytes captured of all values, those of repeated elements included.
    package var maximumCapturedTotal = 16 << 20
    /// Remarks kept of one file.
    package var maximumRemarkCount = 64
    /// Inflated bytes of a deflated data set that are taken whatever the ratio.
    package var inflatedByteCountAtAnyRatio: UInt64 = 64 << 20
    /// Inflated bytes for each deflated byte, once `inflatedByteCountAtAnyRatio` is passed.
    package var maximumInflationRatio: UInt64 = 200
    /// Bytes of all values that `DataSetReader` keeps.
    package var maximumTreeByteCount: UInt64 = 1 << 30
    /// Elements that `DataSetReader` keeps.
    package var maximumTreeElementCount: UInt64 = 5_000_000

    package init() {}

    package static let standard = ScanLimits()
}
