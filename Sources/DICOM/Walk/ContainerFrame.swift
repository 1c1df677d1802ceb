// ContainerFrame owns one level of nesting while a data set is walked: what it may hold, how its headers read and
// where it ends. Invariant: `limit` is the nearest defined end among the level and all outside it, so that no level
// reaches past one that contains it.

/// An open data set, sequence, or run of fragments.
struct ContainerFrame: Sendable {
    enum Kind: UInt8, Sendable {
        /// The root data set or an item: holds elements.
        case dataSet
        /// Holds items.
        case sequence
        /// Encapsulated pixel data: holds fragments.
        case fragments
    }

    static let unlimited = UInt64.max

    let kind: Kind
    var encoding: ElementEncoding
    /// The first offset past the level, `unlimited` when only the end of the file stops it.
    let limit: UInt64
    /// True when the level's own header said its length.
    let hasDefinedLength: Bool
    /// The sequence's or pixel data's tag; of an item, the tag of its sequence; nil for the root.
    let tag: Tag?
    let offset: UInt64
    /// Elements, items or fragments so far.
    var childCount = 0
}
