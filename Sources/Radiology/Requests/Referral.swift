// Referral owns a facility's word that another one may ask for an exam of its own.
//
// Pure.

/// A `referral` of an exam to another facility.
package struct Referral: Hashable, Sendable {
    package let id: String
    package let exam: ExamReference
    /// The party id of the facility that may ask for the exam.
    package let to: String
    /// Ids of the purposes for which it may.
    package let purposes: [String]
    /// False takes back what an earlier referral of the exam to that facility said.
    package let on: Bool
    /// nil when none is given.
    package let reason: String?

    package init(
        id: String, exam: ExamReference, to: String, purposes: [String], on: Bool = true, reason: String? = nil
    ) {
        self.id = id
        self.exam = exam
        self.to = to
        self.purposes = purposes
        self.on = on
        self.reason = reason
    }
}
