// A patient's chart of the party's own store with the exams that are here, linked as the service links them.
//
// The rules are the service's own (`PatientLinks`). The same files give the same links.

import Files
import Foundation
import Pages
import Radiology

struct LinkedChart {
    /// The patient who stays first, then those who were merged into them.
    let cluster: [StoredChart]
    let identities: Set<PatientIdentity>
    /// As they are now.
    let entries: [StoredChart.Version]
    /// In the order in which they were stored.
    let exams: [ChartExam]
    let links: [ChartLink]
    let ownIssuer: String?

    /// - Parameters:
    ///   - facility: The party, whose exams these are.
    ///   - local: Studies of a folder of this machine.
    init(
        _ root: StoredChart, store: ChartStore, facility: String, desk: [DeskExam], local: [LocalExam] = []
    ) throws {
        cluster = try store.cluster(root)
        let own = store.ownIssuer
        ownIssuer = own
        identities = Set(cluster.map { $0.patient.identity.normalized(own: own) })
        entries = cluster.flatMap(\.current)
        let patients = ImagePatients(ownIssuer: own, identities: identities)
        let here = Set(local.map { $0.images[0].studyInstanceUID })
        let given = desk.filter { !here.contains($0.about.studyInstanceUID) }.enumerated().map { index, exam in
            ChartExam(
                key: exam.key, source: .desk(exam), outline: Self.outline(exam, Int64(index), patients))
        }
        let found = local.enumerated().map { index, exam in
            ChartExam(
                key: Self.key(of: exam, facility: facility), source: .folder(exam),
                outline: Self.outline(exam, Int64(given.count + index), patients))
        }
        exams = given + found
        links = PatientLinks(identities: identities, entries: entries.map(\.entry), exams: exams.map(\.outline)).links
    }

    var patient: ChartPatient { cluster[0].patient }

    /// The exams that the page shows: those that are linked, and the patient's own.
    var shown: [ChartExam] {
        let linked = Set(links.filter { $0.conflict == nil }.map(\.study))
        return exams.filter { linked.contains($0.outline.study) || isOwn($0) }
            .sorted { ($0.outline.day ?? "", $0.outline.study) > ($1.outline.day ?? "", $1.outline.study) }
    }

    private func isOwn(_ exam: ChartExam) -> Bool {
        if case .patient(let patient) = exam.outline.settled { return identities.contains(patient) }
        return exam.outline.patient.map(identities.contains) ?? false
    }

    // MARK: Told

    /// The links of each entry, by the entry's place.
    var told: [Int: [ToldLink]] {
        let keys = Dictionary(uniqueKeysWithValues: exams.map { ($0.outline.study, $0) })
        return Dictionary(
            grouping: links.compactMap { link in keys[link.study].map { (link.entry, told(link, $0)) } }, by: \.0
        ).mapValues { $0.map(\.1) }
    }

    private func told(_ link: ChartLink, _ exam: ChartExam) -> ToldLink {
        let added = entries[link.entry].addedAt
        let at = if case .desk(let exam) = exam.source { max(exam.at, added) } else { added }
        return ToldLink(
            entry: entries[link.entry].entry.name, exam: exam.key, basis: link.basis, certainty: link.certainty,
            conflict: link.conflict?.patientID, isSettled: link.isSettled, since: at)
    }

    /// Names of entries that belong to no exam that is here.
    var unmatchedEntries: [String] {
        let linked = Set(links.filter { $0.conflict == nil }.map(\.entry))
        return entries.indices.filter { !linked.contains($0) && !entries[$0].entry.isVoid }.map {
            entries[$0].entry.name
        }
    }

    var unmatchedExams: [String] {
        let linked = Set(links.filter { $0.conflict == nil }.map(\.study))
        return shown.filter { !linked.contains($0.outline.study) }.map(\.key)
    }

    // MARK: Exams

    private static func key(of exam: LocalExam, facility: String) -> String {
        let candidates = ExamKey.candidates(
            facility: facility, accessionNumber: exam.images[0].text(.accessionNumber) ?? "",
            studyInstanceUID: exam.images[0].studyInstanceUID)
        return candidates.first { _ in true } ?? ""
    }

    private static func outline(_ exam: DeskExam, _ number: Int64, _ patients: ImagePatients) -> ExamOutline {
        let settled: ExamOutline.Settled? =
            switch exam.about.settled {
            case .patient(let patient)?:
                patients.patient(patient.patientID, patient.issuerOfPatientID).map { .patient($0) }
            case .both?: .both
            case nil: nil
            }
        return ExamOutline(
            study: number, patient: patients.patient(exam.about.patientID, exam.about.issuerOfPatientID),
            accessionNumber: exam.about.accessionNumber ?? "", studyInstanceUID: exam.about.studyInstanceUID,
            day: exam.about.studyDate, settled: settled)
    }

    private static func outline(_ exam: LocalExam, _ number: Int64, _ patients: ImagePatients) -> ExamOutline {
        let first = exam.images[0]
        return ExamOutline(
            study: number, patient: patients.patient(first.text(.patientID), first.text(.issuerOfPatientID)),
            accessionNumber: first.text(.accessionNumber) ?? "", studyInstanceUID: first.studyInstanceUID, day: exam.day
        )
    }
}
