// JSONLimits owns every bound that a JSON drop meets. Each is named, and what goes beyond one refuses the whole drop.

/// Bounds for reading one JSON drop.
package struct JSONLimits: Sendable, Equatable {
    package var maximumByteCount = 64 << 20
    /// Arrays and objects inside each other, the drop's own array not counted.
    package var maximumDepth = 32
    /// Of one string, in UTF-8.
    package var maximumStringByteCount = 1 << 20
    /// Values, and keys, of one item.
    package var maximumNodeCount = 100_000
    /// Of one drop.
    package var maximumItemCount = 100_000

    package init() {}

    package static let standard = JSONLimits()
}
