// Makes a patient's liaison folder: the page, `links.json`, and the images of the exams that belong to the chart.
//
// Made from facts alone. Nothing of an exam that is held because it is another patient's by its images gets in.

internal import Catalog
internal import Configuration
internal import Files
internal import Interchange
internal import Pages
internal import Pipeline
internal import Radiology
internal import Spool

struct LiaisonFolder {
    let site: SiteContext

    /// - Returns: The digest by which it is acknowledged.
    func publish(_ publication: Publication) throws -> SHA256Digest {
        guard let patient = try site.catalog.chartPatient(publication.subjectID),
            let facility = site.configuration.facility(patient.facility)
        else { throw StageError.unexpected("liaison/\(publication.name): its patient or facility is not there") }
        let outbox = Outbox(layout: site.layout)
        let name = FileName(publication.name)
        let parent = try site.layout.openOutbound(party: publication.party, kind: publication.kind)
        let isThere = try parent.status(of: name)?.kind == .directory
        let folder = try outbox.beginFolder(party: publication.party, kind: publication.kind, name: name)
        let root = try site.catalog.chartRoot(of: patient.id)
        if root != patient.id {
            try writeMerged(patient, into: root, facility, folder)
        } else {
            let exams = LiaisonExams(
                site: site, facility: facility, patient: patient.id, folder: folder,
                before: isThere ? try parent.open(name) : nil)
            try write(patient, facility, folder, exams)
        }
        return try folder.finish()
    }

    private func write(
        _ patient: ChartPatientRecord, _ facility: Facility, _ folder: OutboundFolder, _ exams: LiaisonExams
    ) throws {
        let chart = try site.catalog.chart(ofPatient: patient.id, own: facility.issuerOfPatientID)
        let records = try records(chart)
        let document = LiaisonDocument(chart: chart, keys: records.keys, ownIssuer: facility.issuerOfPatientID)
        let placed = try records.shown.map { try exams.place($0) }
        let viewed = placed.compactMap(\.viewed)
        let page = ViewerPage(
            kind: .liaison, patient: try title(chart, records.shown),
            exam: viewed.first ?? ViewedExam(key: "", facility: "", studyInstanceUID: "", series: []),
            priors: Array(viewed.dropFirst()), chart: document.note(exams: placed.map(\.note)),
            isCertifiedDisplay: site.configuration.site.certifiedDisplay)
        for file in try page.files() { try folder.add(file.name, file.bytes) }
        try folder.add("links.json", document.json())
    }

    /// The exams of a chart: all by their row, and those that are shown, the newest first.
    private func records(_ chart: PatientChart) throws -> (shown: [ExamRecord], keys: [Int64: String]) {
        var keys: [Int64: String] = [:]
        var shown: [ExamRecord] = []
        let own = Set(chart.links.filter { $0.conflict == nil }.map(\.study) + chart.unmatchedStudies)
        for study in Set(chart.links.map(\.study)).union(own).sorted() {
            guard let exam = try site.catalog.exam(study: study) else { continue }
            keys[study] = exam.key
            if own.contains(study) { shown.append(exam) }
        }
        return (shown.sorted { ($0.studyDate, $0.study) > ($1.studyDate, $1.study) }, keys)
    }

    /// As the chart names the patient, else as the images do.
    private func title(_ chart: PatientChart, _ exams: [ExamRecord]) throws -> PatientTitle {
        let patient = chart.patients[0]
        let images = try exams.first.map { try AttributeText($0.patientAttributes) }
        return PatientTitle(
            name: patient.name ?? images?["patientName"] ?? "", patientID: patient.identity.patientID,
            birthDate: patient.birthDate ?? images?["patientBirthDate"].map { DateText.iso($0) ?? $0 },
            sex: patient.sex ?? images?["patientSex"])
    }

    /// The page of a patient who is another one now: it leads there.
    private func writeMerged(
        _ patient: ChartPatientRecord, into root: Int64, _ facility: Facility, _ folder: OutboundFolder
    ) throws {
        guard let other = try site.catalog.chartPatient(root) else {
            throw StageError.unexpected("the patient whom \(patient.identity.patientID) was merged into is not there")
        }
        let target = LiaisonName.folder(other.identity, facility: facility.id, own: facility.issuerOfPatientID)
        let successor = ChartNote.Successor(
            patientID: other.identity.patientID, path: "../\(target)/index.html")
        let page = ViewerPage(
            kind: .liaison, patient: PatientTitle(name: patient.name ?? "", patientID: patient.identity.patientID),
            exam: ViewedExam(key: "", facility: "", studyInstanceUID: "", series: []),
            chart: ChartNote(entries: [], exams: [], successor: successor),
            isCertifiedDisplay: site.configuration.site.certifiedDisplay)
        for file in try page.files() { try folder.add(file.name, file.bytes) }
        let chart = PatientChart(patients: [patient], entries: [], links: [], unmatchedStudies: [])
        try folder.add(
            "links.json",
            LiaisonDocument(
                chart: chart, keys: [:], ownIssuer: facility.issuerOfPatientID, successor: other.identity
            ).json())
    }
}
