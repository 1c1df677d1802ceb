// Finds the exam that a document names: by accession number, study UID or both, within the facility where it is named.

internal import Catalog
internal import Radiology

struct ExamLookup {
    let catalog: Catalog

    enum Answer {
        case found(ExamRecord)
        case absent
        /// Several fit.
        case ambiguous([ExamRecord])
        /// There are exams, and what the document says of them does not agree.
        case contradiction(String)
    }

    /// - Parameters:
    ///   - facility: The one whose exams are meant when the reference names none; nil for all.
    ///   - patientID: As the document has it; nil when it does not say.
    func find(_ reference: ExamReference, facility: String? = nil, patientID: String? = nil) throws -> Answer {
        let within = reference.facility ?? facility
        let both = try exams(within, accession: reference.accessionNumber, study: reference.studyInstanceUID)
        if both.isEmpty, let accession = reference.accessionNumber, let study = reference.studyInstanceUID {
            let one = try exams(within, accession: accession, study: nil)
            let other = try exams(within, accession: nil, study: study)
            if !one.isEmpty || !other.isEmpty {
                return .contradiction("accession number \(accession) and study UID \(study) are not of one exam")
            }
        }
        guard let first = both.first else { return .absent }
        guard both.count == 1 else { return .ambiguous(both) }
        if let patientID, !patientID.isEmpty, patientID != first.patientID {
            return .contradiction("the patient id '\(patientID)' is not that of the exam")
        }
        return .found(first)
    }

    /// The exams that any number of a reference fits.
    func candidates(_ reference: ExamReference) throws -> [ExamRecord] {
        try exams(reference.facility, accession: reference.accessionNumber, study: nil)
            + exams(reference.facility, accession: nil, study: reference.studyInstanceUID)
    }

    /// The exam that a reference named before it was deleted; nil when there was none.
    func deleted(_ reference: ExamReference, facility: String? = nil) throws -> ExamRecord? {
        let found = try exams(
            reference.facility ?? facility, accession: reference.accessionNumber, study: reference.studyInstanceUID,
            evenDeleted: true)
        return found.first { $0.deletedAt != nil }
    }

    private func exams(
        _ facility: String?, accession: String?, study: String?, evenDeleted: Bool = false
    ) throws -> [ExamRecord] {
        guard accession != nil || study != nil else { return [] }
        var query = ExamSearch()
        query.includesDeleted = evenDeleted
        query.facility = facility
        query.accessionNumber = accession
        query.studyInstanceUID = study
        var found: [ExamRecord] = []
        try catalog.forEachExam(query) { found.append($0) }
        return found
    }
}
