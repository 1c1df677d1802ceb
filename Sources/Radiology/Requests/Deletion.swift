// Deletion owns the office's order that an exam be deleted.
//
// Pure.

/// The management office's `delete`.
package struct Deletion: Hashable, Sendable {
    package let id: String
    package let exam: ExamReference
    /// nil when none is given.
    package let reason: String?

    package init(id: String, exam: ExamReference, reason: String? = nil) {
        self.id = id
        self.exam = exam
        self.reason = reason
    }
}
