// ExamCharge owns what a chart or billing system of a facility is told of one delivered exam that was charged.
//
// Pure: a snapshot. It names the patient, and goes to the facility that pays alone.

package import Radiology

/// The charge for one delivered exam.
package struct ExamCharge: Hashable, Sendable {
    /// The id of the usage event.
    package let event: String
    /// The line of the document that bills it.
    package let line: Int
    package let at: Instant
    package let exam: ChargedExam
    /// The id of the request that caused it.
    package let request: String
    /// The id of a purpose.
    package let purpose: String
    /// For people: what was delivered.
    package let description: String
    /// What is charged.
    package let amount: Money

    package init(
        event: String, line: Int, at: Instant, exam: ChargedExam, request: String, purpose: String, description: String,
        amount: Money
    ) {
        self.event = event
        self.line = line
        self.at = at
        self.exam = exam
        self.request = request
        self.purpose = purpose
        self.description = description
        self.amount = amount
    }
}

/// An exam and its patient, as the charge's receiver knows them.
package struct ChargedExam: Hashable, Sendable {
    /// The exam's key.
    package let key: String
    package let accessionNumber: String?
    package let studyInstanceUID: String
    package let patientID: String
    /// nil where the patient id is the facility's own.
    package let issuerOfPatientID: String?
    /// In the form of DICOM: `YAMADA^TARO=山田^太郎`; nil where it is not known.
    package let patientName: String?

    package init(
        key: String, accessionNumber: String?, studyInstanceUID: String, patientID: String, issuerOfPatientID: String?,
        patientName: String?
    ) {
        self.key = key
        self.accessionNumber = accessionNumber
        self.studyInstanceUID = studyInstanceUID
        self.patientID = patientID
        self.issuerOfPatientID = issuerOfPatientID
        self.patientName = patientName
    }
}
