// PatientLinks owns the decision which entries of a patient's chart and which exams belong together, why, and how sure.
//
// Pure: texts become numbers, over which `LinkRules` decides.

/// Why an entry and an exam belong together.
package enum LinkBasis: String, Hashable, Sendable, CaseIterable {
    /// The chart says so outright.
    case stated
    case studyInstanceUID
    case accessionNumber
    /// Another entry of the same encounter is of the exam.
    case encounter
    /// The same patient and day.
    case date
    /// The same patient, and no exam is nearer in time.
    case patientID
}

/// How sure a link is.
package enum LinkCertainty: String, Hashable, Sendable, CaseIterable {
    case exact, probable, possible
}

/// An exam that may belong to a chart.
package struct ExamOutline: Hashable, Sendable {
    /// A person's word on whose an exam is that a chart and the images give to different patients.
    package enum Settled: Hashable, Sendable {
        case patient(PatientIdentity)
        /// The images' patient and the chart's.
        case both
    }

    /// Its number in the catalogue.
    package let study: Int64
    /// nil where the images do not say.
    package let patient: PatientIdentity?
    package let accessionNumber: String
    package let studyInstanceUID: String
    /// `YYYY-MM-DD`; nil where the images do not say.
    package let day: String?
    /// nil while nobody said anything.
    package let settled: Settled?

    package init(
        study: Int64, patient: PatientIdentity?, accessionNumber: String, studyInstanceUID: String, day: String?,
        settled: Settled? = nil
    ) {
        self.study = study
        self.patient = patient
        self.accessionNumber = accessionNumber
        self.studyInstanceUID = studyInstanceUID
        self.day = day
        self.settled = settled
    }

}

/// An entry and an exam that belong together, or that would if their patients were one.
package struct ChartLink: Hashable, Sendable {
    /// The entry's place in the list that was given.
    package let entry: Int
    package let study: Int64
    package let basis: LinkBasis
    package let certainty: LinkCertainty
    /// Whose exam it is, where that is not the chart's patient: then it is no link.
    package let conflict: PatientIdentity?
    /// Whether a person's word made it a link, or none for good.
    package let isSettled: Bool
}

/// The links of one patient's chart.
package struct PatientLinks: Hashable, Sendable {
    /// By entry, then by exam.
    package let links: [ChartLink]

    /// - Parameters:
    ///   - identities: All under which the patient is known.
    ///   - entries: All of the chart.
    ///   - exams: The patient's, and those that the entries name.
    package init(identities: Set<PatientIdentity>, entries: [ChartEntry], exams: [ExamOutline]) {
        var names = LinkNames()
        let patients = identities.map { names.number(of: $0) }
        let rules = LinkRules(
            patients: patients, entries: entries.map { names.entry($0) }, exams: exams.map { names.exam($0) })
        links = rules.links().map { link in
            ChartLink(
                entry: Int(link.entry), study: exams[Int(link.exam)].study, basis: link.basis,
                certainty: link.certainty,
                conflict: names.patient(link.conflict), isSettled: link.isSettled)
        }
    }
}

/// The numbers that stand for texts in one patient's chart.
private struct LinkNames {
    private var numbers: [String: UInt32] = [:]
    private var identities: [PatientIdentity: UInt32] = [:]
    private var patients: [PatientIdentity] = []

    func patient(_ number: UInt32) -> PatientIdentity? { number == 0 ? nil : patients[Int(number) - 1] }

    mutating func number(of patient: PatientIdentity?) -> UInt32 {
        guard let patient else { return 0 }
        if let number = identities[patient] { return number }
        patients.append(patient)
        identities[patient] = UInt32(patients.count)
        return UInt32(patients.count)
    }

    private mutating func number(of text: String?) -> UInt32 {
        guard let text, !text.isEmpty else { return 0 }
        if let number = numbers[text] { return number }
        let number = UInt32(numbers.count + 1)
        numbers[text] = number
        return number
    }

    mutating func entry(_ entry: ChartEntry) -> LinkRules.Entry {
        var known = LinkRules.Entry()
        known.isVoid = entry.isVoid
        known.statedExams = entry.statedExams.map {
            (number(of: $0.accessionNumber), number(of: $0.studyInstanceUID))
        }
        known.uids = entry.studyInstanceUIDs.map { number(of: $0) }
        known.accessions = entry.accessionNumbers.map { number(of: $0) }
        known.visit = number(of: (entry.kind == .encounter ? entry.name : entry.encounter).map { "visit \($0)" })
        known.day = entry.day.flatMap { DayNumber.of($0) }
        return known
    }

    mutating func exam(_ exam: ExamOutline) -> LinkRules.Exam {
        var known = LinkRules.Exam(
            patient: number(of: exam.patient), accession: number(of: exam.accessionNumber),
            uid: number(of: exam.studyInstanceUID), day: exam.day.flatMap { DayNumber.of($0) }, order: exam.study)
        known.isSettled = exam.settled != nil
        if case .patient(let patient) = exam.settled { known.settledPatient = number(of: patient) }
        return known
    }
}
