// PersonName owns the parts of a PN value: three groups for three scripts, five components in each.
// It splits and joins; decoding the bytes is SpecificCharacterSet's. Surplus components stay in the last one.

/// A person's name.
///
/// - Source: DICOM PS3.5 section 6.2.1.
package struct PersonName: Hashable, Sendable, CustomStringConvertible {
    /// One representation of a name. Absent components are empty.
    package struct Group: Hashable, Sendable, CustomStringConvertible {
        package var family = ""
        package var given = ""
        package var middle = ""
        package var prefix = ""
        package var suffix = ""

        package init(_ text: String = "") {
            let parts = PersonName.split(text, "^", maximumCount: 5)
            for (path, part) in zip(Self.order, parts) { self[keyPath: path] = part }
        }

        /// The components with ^ between them, without empty ones at the end.
        package var description: String {
            PersonName.joined(Self.order.map { self[keyPath: $0] }, "^")
        }

        package var isEmpty: Bool { description.isEmpty }

        private static var order: [WritableKeyPath<Group, String>] {
            [\.family, \.given, \.middle, \.prefix, \.suffix]
        }
    }

    package var alphabetic: Group
    package var ideographic: Group
    package var phonetic: Group

    /// The name that one decoded PN value says.
    package init(_ text: String) {
        let groups = Self.split(text, "=", maximumCount: 3).map { Group($0) }
        alphabetic = groups.first ?? Group()
        ideographic = groups.count > 1 ? groups[1] : Group()
        phonetic = groups.count > 2 ? groups[2] : Group()
    }

    /// The value as DICOM writes it, without empty parts at the end.
    package var description: String {
        Self.joined([alphabetic, ideographic, phonetic].map(\.description), "=")
    }

    /// Parts by scalar, since a combining mark must not hide the separator before it.
    private static func split(_ text: String, _ separator: Unicode.Scalar, maximumCount: Int) -> [String] {
        let parts = text.unicodeScalars.split(
            separator: separator, maxSplits: maximumCount - 1, omittingEmptySubsequences: false)
        return parts.map { String($0) }
    }

    private static func joined(_ parts: [String], _ separator: String) -> String {
        guard let last = parts.lastIndex(where: { !$0.isEmpty }) else { return "" }
        return parts[...last].joined(separator: separator)
    }
}
