// SharedExams owns one permission between facilities.
//
// Pure. It opens exams for purposes; how much of them is the purpose's to say.

/// A rule of `sharing`.
package struct SharedExams: Hashable, Sendable {
    /// The facility whose exams they are.
    package let from: String
    /// The facility that may ask for them.
    package let to: String
    package let purposes: NameChoice
    /// Patient ids, as the facility `from` issues them.
    package let patients: NameChoice

    package init(from: String, to: String, purposes: NameChoice, patients: NameChoice) {
        self.from = from
        self.to = to
        self.purposes = purposes
        self.patients = patients
    }

    /// Whether it is about an exam for a party. An exam whose patient id its facility did not issue is only in a rule for
    /// all patients.
    func opens(_ exam: HeldExam, to party: String) -> Bool {
        guard from == exam.facility, to == party else { return false }
        return exam.patientID.map(patients.contains) ?? (patients == .all)
    }
}
