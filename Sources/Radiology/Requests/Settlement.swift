// Settlement owns the office's word on whose an exam is, where a chart and the images say different patients.
//
// Pure.

/// The management office's `settle`.
package struct Settlement: Hashable, Sendable {
    package let id: String
    package let exam: ExamReference
    /// Whose the exam is; nil when both stand: the images' patient and the chart's.
    package let patient: PatientIdentity?
    /// nil when none is given.
    package let reason: String?

    package init(id: String, exam: ExamReference, patient: PatientIdentity?, reason: String? = nil) {
        self.id = id
        self.exam = exam
        self.patient = patient
        self.reason = reason
    }
}
