// ResultRequest owns the office's wish to have an exam's result published to it again.
//
// Pure.

/// The management office's `result`.
package struct ResultRequest: Hashable, Sendable {
    package let id: String
    package let exam: ExamReference

    package init(id: String, exam: ExamReference) {
        self.id = id
        self.exam = exam
    }
}
