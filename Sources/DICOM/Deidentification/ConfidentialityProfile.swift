// ConfidentialityProfile owns which attributes identify somebody and what is done to each: the basic profile without
// options. The table is PS3.15's; this file decides where the table leaves a choice, always for what stays a valid
// instance of any kind.

/// The basic application level confidentiality profile.
///
/// - Source: DICOM PS3.15 annex E, table E.1-1.
enum ConfidentialityProfile {
    /// What becomes of an element.
    enum Action: Hashable, Sendable {
        case keep
        case remove
        case empty
        /// A value of the VR that says nothing.
        case dummy
        /// Another UID, the same wherever the old one stood.
        case replaceUID
    }

    /// The action for an element that is no private one.
    static func action(for tag: Tag) -> Action {
        if isGraphic(tag) { return .remove }
        guard let line = index.line(of: tag.number) else {
            return DataDictionary.entry(for: tag) == nil ? .remove : .keep
        }
        return actions[line]
    }

    /// Curves and overlays: the table removes their data and comments, and what is left of them is no plane.
    private static func isGraphic(_ tag: Tag) -> Bool {
        tag.group & 0xFF01 == 0x6000 || tag.group & 0xFF01 == 0x5000
    }

    /// Where the type in the IOD would decide, emptiness stands for "X or Z", and a dummy wherever one is possible.
    private static func action(_ code: String) -> Action {
        switch code {
        case "X": .remove
        case "Z", "X/Z": .empty
        case "U": .replaceUID
        case "D", "Z/D", "X/D", "X/Z/D": .dummy
        case "X/Z/U*": .keep
        default: preconditionFailure("the table has no action \(code)")
        }
    }

    private static let lines = TableLines(profileTable)
    private static let actions = lines.ranges.indices.map { action(lines.columns($0)[1]) }
    private static let index = TagIndex(
        lines.ranges.indices.map { UInt32(lines.columns($0)[0], radix: 16) ?? 0 })
}
