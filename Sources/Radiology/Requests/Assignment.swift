// Assignment owns the office's order that certain readers read an exam.
//
// Pure. Whether they may is the protocol's to say.

/// The management office's `assign`.
package struct Assignment: Hashable, Sendable {
    package let id: String
    package let exam: ExamReference
    /// Party ids, at least one, each once.
    package let readers: [String]
    /// nil when none is given.
    package let reason: String?

    package init(id: String, exam: ExamReference, readers: [String], reason: String? = nil) {
        self.id = id
        self.exam = exam
        self.readers = readers
        self.reason = reason
    }
}
