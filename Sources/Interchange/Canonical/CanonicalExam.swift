// CanonicalExam owns the canonical form of an exam's name.

internal import Radiology

/// The canonical form of `exam`.
enum CanonicalExam {
    /// All three keys; null for what is missing or empty.
    static func object(_ exam: ExamReference) -> CanonicalJSON {
        func filled(_ text: String?) -> CanonicalJSON { .optional(text.flatMap { $0.isEmpty ? nil : $0 }) }
        return .object([
            "facility": filled(exam.facility), "accessionNumber": filled(exam.accessionNumber),
            "studyInstanceUID": filled(exam.studyInstanceUID),
        ])
    }
}
