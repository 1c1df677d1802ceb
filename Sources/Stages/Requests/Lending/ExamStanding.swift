// How an exam stands to a party that asks: the facts about it that decide who may have what.
//
// Reads the catalogue, decides nothing. What only decides whether an exam is there at all is asked first and costs little;
// the rest is asked only of exams that are.

internal import Access
internal import Catalog
internal import Configuration

struct ExamStanding {
    let site: SiteContext
    let party: Party

    /// What decides whether the exam is there for the party at all: whose it is, whose patient, who reads it.
    func outline(of exam: ExamRecord) throws -> HeldExam {
        HeldExam(
            facility: exam.facility, patientID: patientID(of: exam), images: [], readers: try readers(of: exam),
            referrals: try referrals(of: exam))
    }

    /// Its facility's word to the facility that asks, where another one does.
    private func referrals(of exam: ExamRecord) throws -> [SharedExams] {
        guard party.kind == .facility, exam.facility != party.id else { return [] }
        let purposes = try site.catalog.referredPurposes(study: exam.study, to: party.id)
        guard !purposes.isEmpty else { return [] }
        return [SharedExams(from: exam.facility, to: party.id, purposes: .only(Set(purposes)), patients: .all)]
    }

    /// All that decides what of it the party may have.
    ///
    /// - Parameter ranksMatter: Whether the purpose gives a patient's most recent exams only.
    func facts(of exam: ExamRecord, ranksMatter: Bool) throws -> HeldExam {
        let images = try site.catalog.images(study: exam.study, limit: .max)
        return HeldExam(
            facility: exam.facility, patientID: patientID(of: exam),
            images: Set(try HeldImages(site: site).facts(of: images)), recency: ranksMatter ? try rank(of: exam) : 1,
            isOnHold: try party.kind != .management && site.catalog.isOnHold(study: exam.study),
            readers: try readers(of: exam), referrals: try referrals(of: exam))
    }

    /// nil when another issuer than the facility gave it.
    private func patientID(of exam: ExamRecord) -> String? {
        guard !exam.patientID.isEmpty else { return nil }
        let own = site.configuration.facility(exam.facility)?.issuerOfPatientID ?? ""
        return exam.issuer.isEmpty || own.isEmpty || exam.issuer == own ? exam.patientID : nil
    }

    /// Among the exams of its patient at its facility.
    private func rank(of exam: ExamRecord) throws -> Int {
        guard !exam.patientID.isEmpty else { return 1 }
        var query = ExamSearch()
        query.facility = exam.facility
        query.patientID = exam.patientID
        var dated: [ExamRecency.Dated] = []
        try site.catalog.forEachExam(query) { other in
            guard other.issuer == exam.issuer else { return }
            let time = try AttributeText(other.studyAttributes)["studyTime"]
            dated.append(ExamRecency.Dated(key: other.key, studyDate: other.studyDate, studyTime: time))
        }
        return ExamRecency.ranks(of: dated)[exam.key] ?? 1
    }

    /// The asking reader alone, where one asks: those who are assigned, and those whom the exam's protocol names.
    private func readers(of exam: ExamRecord) throws -> [String: ReaderStanding] {
        guard party.kind == .reader else { return [:] }
        let own = try site.catalog.assignments(study: exam.study).filter { $0.reader == party.id }
        let reading = try ExamFacts(exam, series: try site.catalog.series(ofStudy: exam.study))
            .readingProtocol(of: site.configuration.protocols)
        guard !own.isEmpty || reading?.readers.contains(party.id) == true else { return [:] }
        let sealed = Set(
            try site.catalog.sealedDiagnoses(study: exam.study).map(\.facts).filter { $0.reader == party.id }
                .map(\.round))
        let owes =
            own.isEmpty
            ? reading?.blinded ?? true : own.contains { !$0.seesReads && !sealed.contains($0.round) }
        return [party.id: owes ? .owesBlindRead : .seesReports]
    }
}
