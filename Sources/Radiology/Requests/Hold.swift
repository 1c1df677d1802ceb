// Hold owns the office's order that an exam be kept from delivery and deletion, or be free again.
//
// Pure.

/// The management office's `hold`.
package struct Hold: Hashable, Sendable {
    package let id: String
    package let exam: ExamReference
    /// False lifts the hold.
    package let on: Bool
    /// nil when none is given.
    package let reason: String?

    package init(id: String, exam: ExamReference, on: Bool, reason: String? = nil) {
        self.id = id
        self.exam = exam
        self.on = on
        self.reason = reason
    }
}
