// Which exam and series of the catalogue each image of a drop belongs to.
//
// Invariants: a study UID that is there already under another patient becomes an exam of its own, so that nothing of
// two patients is mixed; exams of other parties are never looked at; within a drop the first image decides.
// Patients without an id are never taken for each other.

internal import Archive
internal import Catalog
internal import Radiology

/// A series of the drop, new or known.
struct ResolvedSeries {
    let index: Int
    let facts: DropOutcome.SeriesFacts
    /// Said in the receipt of each file of the series; nil when there is nothing to say.
    let note: String?
}

/// Resolves the exams of one drop.
final class ExamResolver {
    private let catalog: Catalog
    private let facility: String
    private let defaultIssuer: String

    private struct SeriesID: Hashable {
        let study: StudyID
        let seriesInstanceUID: String
    }

    private struct StudyID: Hashable {
        let studyInstanceUID: String
        let patientID: String
        let issuer: String
    }

    private struct ResolvedStudy {
        let known: KnownStudy?
        let examKey: String
        let accessionNumber: String
        let studyDate: String
        let patientAttributes: String
        let studyAttributes: String
        let note: String?
    }

    private var studies: [StudyID: ResolvedStudy] = [:]
    private var takenKeys: Set<String> = []
    private var patients: [String: String] = [:]
    private var seriesByID: [SeriesID: ResolvedSeries] = [:]
    private(set) var series: [DropOutcome.SeriesFacts] = []

    /// - Parameter defaultIssuer: The facility's IssuerOfPatientID, for files that name none.
    init(catalog: Catalog, facility: String, defaultIssuer: String) {
        self.catalog = catalog
        self.facility = facility
        self.defaultIssuer = defaultIssuer
    }

    func resolve(_ image: ImageIdentity) throws(StageError) -> ResolvedSeries {
        let issuer = image.issuer.isEmpty ? defaultIssuer : image.issuer
        let study = StudyID(studyInstanceUID: image.studyInstanceUID, patientID: image.patientID, issuer: issuer)
        let id = SeriesID(study: study, seriesInstanceUID: image.seriesInstanceUID)
        if let known = seriesByID[id] { return known }
        let resolved = try resolveSeries(image, id: id)
        seriesByID[id] = resolved
        series.append(resolved.facts)
        return resolved
    }

    private func resolveSeries(_ image: ImageIdentity, id: SeriesID) throws(StageError) -> ResolvedSeries {
        let study = try resolveStudy(image, id: id.study)
        let stored = try StageError.wrap {
            try study.known.flatMap { known in
                try catalog.seriesAttributes(study: known.id, seriesInstanceUID: id.seriesInstanceUID)
            }
        }
        let facts = DropOutcome.SeriesFacts(
            patientID: id.study.patientID, issuer: id.study.issuer, patientAttributes: study.patientAttributes,
            examKey: study.examKey, studyInstanceUID: id.study.studyInstanceUID,
            accessionNumber: study.accessionNumber, studyDate: study.studyDate,
            studyAttributes: study.studyAttributes, seriesInstanceUID: id.seriesInstanceUID,
            modality: image.modality, bodyPart: image.bodyPart,
            seriesAttributes: stored ?? image.seriesAttributes)
        return ResolvedSeries(index: series.count, facts: facts, note: study.note)
    }

    private func resolveStudy(_ image: ImageIdentity, id: StudyID) throws(StageError) -> ResolvedStudy {
        if let known = studies[id] { return known }
        let stored = try StageError.wrap {
            try catalog.studies(party: facility, studyInstanceUID: id.studyInstanceUID)
        }
        let same = stored.first { $0.patientID == id.patientID && $0.issuer == id.issuer }
        let others =
            studies.keys.filter { $0.studyInstanceUID == id.studyInstanceUID }.map(\.patientID)
            + stored.filter { $0 != same }.map(\.patientID)
        let key: String
        if let same { key = same.examKey } else { key = try freeKey(image) }
        takenKeys.insert(key)
        let resolved = ResolvedStudy(
            known: same, examKey: key, accessionNumber: image.accessionNumber, studyDate: image.studyDate,
            patientAttributes: try patientAttributes(image, id: id, known: same),
            studyAttributes: same?.studyAttributes ?? image.studyAttributes,
            note: others.isEmpty ? nil : apartNote(key: key, patientID: id.patientID, others: others))
        studies[id] = resolved
        return resolved
    }

    private func patientAttributes(
        _ image: ImageIdentity, id: StudyID, known: KnownStudy?
    ) throws(StageError) -> String {
        if let known { return known.patientAttributes }
        guard !id.patientID.isEmpty else { return image.patientAttributes }
        let key = "\(id.issuer)\u{0}\(id.patientID)"
        if let seen = patients[key] { return seen }
        let stored = try StageError.wrap {
            try catalog.patientAttributes(party: facility, patientID: id.patientID, issuer: id.issuer)
        }
        patients[key] = stored ?? image.patientAttributes
        return stored ?? image.patientAttributes
    }

    private func freeKey(_ image: ImageIdentity) throws(StageError) -> String {
        let candidates = ExamKey.candidates(
            facility: facility, accessionNumber: image.accessionNumber, studyInstanceUID: image.studyInstanceUID)
        for key in candidates where !takenKeys.contains(key) {
            if try !isTaken(key) { return key }
        }
        throw .unexpected("no free exam key for \(image.studyInstanceUID)")
    }

    private func isTaken(_ key: String) throws(StageError) -> Bool {
        try StageError.wrap { try catalog.isTaken(examKey: key) }
    }

    private func apartNote(key: String, patientID: String, others: [String]) -> String {
        let names = Set(others).sorted().prefix(3).map { $0.isEmpty ? "no patient id" : "'\($0)'" }
        let own = patientID.isEmpty ? "no patient id" : "PatientID '\(patientID)'"
        return "this study UID is also there under \(names.joined(separator: ", ")); this file says \(own) "
            + "and is kept apart as exam \(key)"
    }
}
