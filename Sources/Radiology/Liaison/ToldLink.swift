// ToldLink owns what pages and documents tell of an entry and an exam that belong together, or may not.
//
// Pure.

/// An entry and an exam, by their names.
package struct ToldLink: Hashable, Sendable {
    /// The entry's name.
    package let entry: String
    /// The exam's key.
    package let exam: String
    package let basis: LinkBasis
    package let certainty: LinkCertainty
    /// Whose exam it is, where that is another patient; then it is no link.
    package let conflict: String?
    /// Whether a person said so.
    package let isSettled: Bool
    /// ISO 8601 with offset.
    package let since: String

    package init(
        entry: String, exam: String, basis: LinkBasis, certainty: LinkCertainty, conflict: String?,
        isSettled: Bool, since: String
    ) {
        self.entry = entry
        self.exam = exam
        self.basis = basis
        self.certainty = certainty
        self.conflict = conflict
        self.isSettled = isSettled
        self.since = since
    }

    /// Whether it waits for a person's word.
    package var isHeld: Bool { conflict != nil && !isSettled }
    /// Whether the two belong together.
    package var holds: Bool { conflict == nil }
}
