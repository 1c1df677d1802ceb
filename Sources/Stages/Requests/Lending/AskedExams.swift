// Finds the exams that a request is about, among those that are there for the party that asks.
//
// Invariant: an exam that is not the party's is passed over before anything else is compared, so that no answer tells it
// from one that does not exist. Reads the catalogue, writes nothing.

internal import Access
internal import Catalog
internal import Configuration
internal import Files
internal import Radiology

struct AskedExams {
    let site: SiteContext
    let party: Party
    private let standing: ExamStanding
    private let policy: AccessPolicy
    private let access: AccessParty

    /// Exams that one request may be about.
    static let limit = 100_000

    /// Why a request is none that could be answered.
    struct Unclear: Error {
        let reason: String
    }

    init(site: SiteContext, party: Party) {
        self.site = site
        self.party = party
        standing = ExamStanding(site: site, party: party)
        policy = site.configuration.accessPolicy(for: party.id)
        access = site.configuration.accessParty(party, on: site.today)
    }

    /// - Throws: `Unclear` when one is named and several fit, or its numbers are of two exams.
    func exams(of subject: ExamRequest.Subject) throws -> [RequestedExam] {
        switch subject {
        case .exam(let reference): [try named(reference)]
        case .exams(let query): try found(query)
        }
    }

    // MARK: One exam

    private func named(_ reference: ExamReference) throws -> RequestedExam {
        let fitting = try exams(reference, reference.accessionNumber, reference.studyInstanceUID)
        if fitting.isEmpty { try requireAgreement(reference) }
        let own = fitting.filter { $0.facility == party.id }
        let meant = own.isEmpty ? fitting : own
        guard let exam = meant.first else {
            let gone = try ownDeleted(reference)
            return RequestedExam(position: 0, key: gone?.key ?? nameOfAbsent(reference), study: gone?.study)
        }
        guard meant.count == 1 else {
            let facilities = Set(meant.map(\.facility)).count
            throw Unclear(reason: "several exams fit; name the \(facilities > 1 ? "facility" : "study UID")")
        }
        return RequestedExam(position: 0, key: exam.key, study: exam.study)
    }

    /// An exam of the party's own that was deleted; to the office all are.
    private func ownDeleted(_ reference: ExamReference) throws -> ExamRecord? {
        let lookup = ExamLookup(catalog: site.catalog)
        if party.kind == .management { return try lookup.deleted(reference) }
        guard party.kind == .facility, reference.facility ?? party.id == party.id else { return nil }
        return try lookup.deleted(reference, facility: party.id)
    }

    /// Both numbers must be of one exam; said only of exams that are there for the party.
    private func requireAgreement(_ reference: ExamReference) throws {
        guard let accession = reference.accessionNumber, let study = reference.studyInstanceUID else { return }
        let one = try exams(reference, accession, nil)
        let other = try exams(reference, nil, study)
        if !one.isEmpty || !other.isEmpty {
            throw Unclear(reason: "accession number \(accession) and study UID \(study) are not of one exam")
        }
    }

    private func exams(_ reference: ExamReference, _ accession: String?, _ study: String?) throws -> [ExamRecord] {
        guard accession != nil || study != nil else { return [] }
        var query = ExamSearch()
        query.facility = reference.facility
        query.accessionNumber = accession
        query.studyInstanceUID = study
        return try there(query)
    }

    /// What an exam that is not there is called in the answer: made of nothing but what the party named.
    private func nameOfAbsent(_ reference: ExamReference) -> String {
        let facility = reference.facility ?? (party.kind == .facility ? party.id : "")
        let number = reference.accessionNumber ?? reference.studyInstanceUID ?? ""
        let name = "\(ExamKey.escaped(facility))_\(ExamKey.escaped(number))"
        guard name.utf8.count > Self.longestName || name.hasPrefix(".") else { return name }
        return "_\(name.prefix(Self.longestName / 2))-\(SHA256.digest(of: Array(name.utf8)).short)"
    }

    /// Bytes of a name, with room for what is appended to it.
    private static let longestName = 200

    // MARK: Queries

    private func found(_ query: ExamQuery) throws -> [RequestedExam] {
        var search = ExamSearch()
        search.facility = query.facility
        search.patientID = query.patientID
        search.accessionNumber = query.accessionNumber
        search.studyInstanceUID = query.studyInstanceUID
        search.modality = query.modality
        search.from = query.from.map(Self.dicomDate)
        search.to = query.to.map(Self.dicomDate)
        let isByNumber = query.accessionNumber != nil || query.studyInstanceUID != nil
        // Whose an exam is that is named by a number, a person may have said otherwise than the images.
        if isByNumber { search.patientID = nil }
        var exams = try there(search).filter { try isAbout($0, query, isByNumber: isByNumber) }
        if let day = query.nearestTo { exams = Self.near(exams, to: day) }
        if !query.except.isEmpty {
            let except = Set(query.except)
            exams.removeAll { except.contains($0.key) }
        }
        guard exams.count <= Self.limit else {
            throw Unclear(reason: "it is about \(exams.count) exams; one request is about \(Self.limit) at most")
        }
        return exams.enumerated().map { RequestedExam(position: $0, key: $1.key, study: $1.study) }
    }

    /// Whether an exam is of the patient whose exams are asked for.
    private func isAbout(_ exam: ExamRecord, _ query: ExamQuery, isByNumber: Bool) throws -> Bool {
        guard isByNumber, let patientID = query.patientID else {
            return query.issuerOfPatientID.map { issuer(of: exam) == $0 } ?? true
        }
        switch try site.catalog.settled(study: exam.study) {
        case .both: return true
        case .patient(let patient):
            return patient.patientID == patientID
                && query.issuerOfPatientID.map { issuer(patient.issuer, at: exam.facility) == $0 } ?? true
        case nil:
            // Images that say no patient contradict nobody.
            if exam.patientID.isEmpty { return true }
            return exam.patientID == patientID && query.issuerOfPatientID.map { issuer(of: exam) == $0 } ?? true
        }
    }

    /// As charts are linked where nothing but the time speaks for an exam.
    private static func near(_ exams: [ExamRecord], to day: String) -> [ExamRecord] {
        let outlines = exams.map {
            ExamOutline(
                study: $0.study, patient: nil, accessionNumber: $0.accessionNumber,
                studyInstanceUID: $0.studyInstanceUID, day: DateText.iso($0.studyDate))
        }
        let near = Set(NearExams(outlines, to: day)?.exams.map(\.study) ?? [])
        return exams.filter { near.contains($0.study) }
    }

    private func issuer(of exam: ExamRecord) -> String? { issuer(exam.issuer, at: exam.facility) }

    private func issuer(_ issuer: String, at facility: String) -> String? {
        issuer.isEmpty ? site.configuration.facility(facility)?.issuerOfPatientID : issuer
    }

    /// `YYYYMMDD` of `YYYY-MM-DD`.
    private static func dicomDate(_ date: String) -> String { String(date.filter { $0 != "-" }) }

    // MARK: What is there

    /// The exams that fit and are there for the party, by key.
    private func there(_ query: ExamSearch) throws -> [ExamRecord] {
        var found: [ExamRecord] = []
        for facility in try facilities() where query.facility == nil || facility == nil || query.facility == facility {
            var query = query
            query.facility = query.facility ?? facility
            try site.catalog.forEachExam(query) { found.append($0) }
        }
        return try found.filter { policy.isThere(try standing.outline(of: $0), for: access) }.sorted { $0.key < $1.key }
    }

    /// Whose exams have to be looked at; nil stands for those of all.
    private func facilities() throws -> [String?] {
        guard party.kind == .facility else { return [nil] }
        let sharing = Set(policy.sharing.filter { $0.to == party.id }.map(\.from))
            .union(try site.catalog.referrers(to: party.id)).subtracting([party.id])
        return [party.id] + sharing.sorted()
    }
}
