// PatientLinks owns the decision which entries of a patient's chart and which exams belong together, why, and how sure.
//
// Pure: the same chart and exams give the same links, in whatever order they came. A closer reason leaves no room for a
// weaker one: an entry that names exams by a number waits for these and is linked to no other. An exam that an entry names
// and that is another patient's is never linked: it is held until a person says whose it is, or that both stand.

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

    /// Whose exam it is: by a person's word, else by the images; nil where neither says.
    var owner: PatientIdentity? {
        if case .patient(let patient) = settled { return patient }
        return patient
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
    package var isSettled = false
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
        var found: [[ChartLink]] = entries.map { _ in [] }
        let byNumber = ExamNumbers(exams)
        for (index, entry) in entries.enumerated() where !entry.isVoid {
            found[index] = byNumber.named(by: entry).map { exam, basis in
                Self.link(index, exam, basis, identities)
            }
        }
        let own = exams.filter { $0.owner.map(identities.contains) ?? false }
        let visits = Self.visits(entries, found)
        for (index, entry) in entries.enumerated() where !entry.isVoid && !entry.namesExams {
            let mates = (entry.kind == .encounter ? entry.name : entry.encounter).flatMap { visits[$0] } ?? []
            found[index] =
                mates.isEmpty
                ? Self.byTime(entry, index, own)
                : mates.sorted().map {
                    ChartLink(entry: index, study: $0, basis: .encounter, certainty: .probable, conflict: nil)
                }
        }
        links = found.flatMap { $0.sorted { $0.study < $1.study } }
    }

    /// An entry and an exam whose number it names.
    private static func link(
        _ index: Int, _ exam: ExamOutline, _ basis: LinkBasis, _ identities: Set<PatientIdentity>
    ) -> ChartLink {
        func isForeign(_ patient: PatientIdentity?) -> Bool { patient.map { !identities.contains($0) } ?? false }
        let isOthers = isForeign(exam.patient)
        switch exam.settled {
        case nil:
            return ChartLink(
                entry: index, study: exam.study, basis: basis, certainty: exam.patient == nil ? .probable : .exact,
                conflict: isOthers ? exam.patient : nil)
        case .patient(let patient):
            return ChartLink(
                entry: index, study: exam.study, basis: basis, certainty: .exact,
                conflict: isForeign(patient) ? patient : nil, isSettled: isForeign(patient) || isOthers)
        case .both:
            return ChartLink(
                entry: index, study: exam.study, basis: basis,
                certainty: exam.patient == nil || isOthers ? .probable : .exact, conflict: nil, isSettled: isOthers)
        }
    }

    /// The exams of each encounter, by the entries that name some.
    private static func visits(_ entries: [ChartEntry], _ found: [[ChartLink]]) -> [String: Set<Int64>] {
        var visits: [String: Set<Int64>] = [:]
        for (entry, links) in zip(entries, found) {
            guard let visit = entry.kind == .encounter ? entry.name : entry.encounter else { continue }
            visits[visit, default: []].formUnion(links.filter { $0.conflict == nil }.map(\.study))
        }
        return visits
    }

    /// The patient's exams of the same day; else the nearest one, where it is near.
    private static func byTime(_ entry: ChartEntry, _ index: Int, _ exams: [ExamOutline]) -> [ChartLink] {
        guard let day = entry.day, let near = NearExams(exams, to: day) else { return [] }
        return near.exams.map {
            ChartLink(
                entry: index, study: $0.study, basis: near.isOfThatDay ? .date : .patientID,
                certainty: near.isOfThatDay ? .probable : .possible, conflict: nil)
        }
    }
}

/// Exams by the numbers that entries name them by.
private struct ExamNumbers {
    private var byUID: [String: [ExamOutline]] = [:]
    private var byAccession: [String: [ExamOutline]] = [:]

    init(_ exams: [ExamOutline]) {
        for exam in exams {
            byUID[exam.studyInstanceUID, default: []].append(exam)
            if !exam.accessionNumber.isEmpty { byAccession[exam.accessionNumber, default: []].append(exam) }
        }
    }

    /// Each exam once, by the surest reason.
    func named(by entry: ChartEntry) -> [(exam: ExamOutline, basis: LinkBasis)] {
        var seen: Set<Int64> = []
        let outright = entry.statedExams.flatMap { stated($0) }.map { ($0, LinkBasis.stated) }
        let uids = entry.studyInstanceUIDs.flatMap { byUID[$0] ?? [] }.map { ($0, LinkBasis.studyInstanceUID) }
        let accessions = entry.accessionNumbers.flatMap { byAccession[$0] ?? [] }
            .map { ($0, LinkBasis.accessionNumber) }
        return (outright + uids + accessions).filter { seen.insert($0.0.study).inserted }
    }

    /// Both numbers must be of one exam.
    private func stated(_ reference: ExamReference) -> [ExamOutline] {
        let all =
            reference.studyInstanceUID.map { byUID[$0] ?? [] } ?? byAccession[reference.accessionNumber ?? ""] ?? []
        guard let accession = reference.accessionNumber else { return all }
        return all.filter { $0.accessionNumber == accession }
    }
}
