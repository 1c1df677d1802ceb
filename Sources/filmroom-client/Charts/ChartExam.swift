// An exam that may belong to a chart of the party's own: given by the service, or lying in a folder of this machine.

import Radiology

struct ChartExam {
    enum Source {
        case desk(DeskExam)
        case folder(LocalExam)
    }

    let key: String
    let source: Source
    let outline: ExamOutline

    /// Whether there are images of it here.
    var isHere: Bool {
        switch source {
        case .desk(let exam): exam.folder != nil
        case .folder: true
        }
    }

    var numbers: [String] { [outline.accessionNumber, outline.studyInstanceUID].filter { !$0.isEmpty } }
}

/// Which patient images mean.
struct ImagePatients {
    /// What "" stands for among issuers; nil when nobody said.
    let ownIssuer: String?
    /// Under which the chart's patient is known.
    let identities: Set<PatientIdentity>

    /// - Returns: nil where the images do not say, or nobody can tell whose ids are meant.
    func patient(_ patientID: String?, _ issuer: String?) -> PatientIdentity? {
        guard let patientID, !patientID.isEmpty else { return nil }
        let patient = PatientIdentity(patientID: patientID, issuer: issuer ?? "").normalized(own: ownIssuer)
        guard patient.issuer.isEmpty, ownIssuer == nil, !identities.contains(patient) else { return patient }
        // The facility's own id, and a chart that names an issuer: it may be the facility's own name.
        return identities.contains { $0.patientID == patientID } ? nil : patient
    }
}
