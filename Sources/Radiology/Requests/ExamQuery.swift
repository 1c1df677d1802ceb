// ExamQuery owns the search terms of a request that asks for several exams at once.
//
// Pure. All terms that are there must fit; at least one is there.

/// Which exams a request asks for.
package struct ExamQuery: Hashable, Sendable {
    /// The party id of the facility whose exams are meant; nil for all that the party may ask for.
    package let facility: String?
    package let patientID: String?
    package let issuerOfPatientID: String?
    package let accessionNumber: String?
    package let studyInstanceUID: String?
    package let modality: String?
    /// First day, `YYYY-MM-DD`; nil for no bound.
    package let from: String?
    /// Last day, `YYYY-MM-DD`, itself included; nil for no bound.
    package let to: String?
    /// `YYYY-MM-DD`: the patient's exams of that day, else the nearest one, as a chart is linked by time alone; nil for no
    /// such choice. Only with a patient id.
    package let nearestTo: String?
    /// Keys of exams that fit and are not wanted, because whoever asks has them.
    package let except: [String]

    package init(
        facility: String? = nil, patientID: String? = nil, issuerOfPatientID: String? = nil,
        accessionNumber: String? = nil, studyInstanceUID: String? = nil, modality: String? = nil, from: String? = nil,
        to: String? = nil, nearestTo: String? = nil, except: [String] = []
    ) {
        self.facility = facility
        self.patientID = patientID
        self.issuerOfPatientID = issuerOfPatientID
        self.accessionNumber = accessionNumber
        self.studyInstanceUID = studyInstanceUID
        self.modality = modality
        self.from = from
        self.to = to
        self.nearestTo = nearestTo
        self.except = except
    }
}
