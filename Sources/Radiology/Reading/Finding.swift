// Finding owns one thing that a reader saw, and where.
//
// Pure. Every part may be missing; one without any part is no finding, which those who read documents see to.

/// A finding of a diagnosis.
package struct Finding: Hashable, Sendable {
    /// A code as the reader's form writes it, such as `BI-RADS-4`; from a structured report `scheme:value`.
    package let code: String?
    /// `L`, `R`, `B` (both sides) or `U` (one side, not said which); nil when nothing is said.
    package let laterality: String?
    /// The image that shows it; nil when it is told of the exam as a whole.
    package let sopInstanceUID: String?
    /// Columns from the left edge of the stored image; nil, as is `y`, when no place is marked.
    package let x: Double?
    /// Rows from the upper edge of the stored image.
    package let y: Double?
    package let text: String?

    package init(
        code: String? = nil, laterality: String? = nil, sopInstanceUID: String? = nil, x: Double? = nil,
        y: Double? = nil, text: String? = nil
    ) {
        self.code = code
        self.laterality = laterality
        self.sopInstanceUID = sopInstanceUID
        self.x = x
        self.y = y
        self.text = text
    }

    /// The lateralities of the contract.
    package static let lateralities = ["L", "R", "B", "U"]

    /// Whether it says nothing.
    package var isEmpty: Bool { self == Finding() }
}
