// ExamQuery owns the search terms of a request that asks for several exams at once.
//
// Pure. All terms that are there must fit; at least one is there.

/// Which exams a request asks for.
package struct ExamQuery: Hashable, Sendable {
    package let patientID: String?
    package let issuerOfPatientID: String?
    package let modality: String?
    /// First day, `YYYY-MM-DD`; nil for no bound.
    package let from: String?
    /// Last day, `YYYY-MM-DD`, itself included; nil for no bound.
    package let to: String?

    package init(
        patientID: String? = nil, issuerOfPatientID: String? = nil, modality: String? = nil, from: String? = nil,
        to: String? = nil
    ) {
        self.patientID = patientID
        self.issuerOfPatientID = issuerOfPatientID
        self.modality = modality
        self.from = from
        self.to = to
    }
}
