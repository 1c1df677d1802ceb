// What the chart systems of an exam's facility are told of a new version of its result: gathered once, when it is determined.
//
// Invariants: names, dates and people are those of that moment, and are kept with the result: what is published later or
// again says the same to the byte. Chart systems of other facilities are told nothing.

internal import Catalog
internal import Configuration
internal import Foundation
internal import Interchange

struct ChartResultAssembly {
    let site: SiteContext

    /// One for each chart system of the facility; empty when it has none.
    ///
    /// - Parameter document: The result document, JSON.
    func results(_ exam: ChangedExam, document: String, earlier: [DeterminationRecord]) throws -> [ChartResult] {
        let configuration = site.configuration
        guard let facility = configuration.facilities.first(where: { exam.examKey.hasPrefix($0.id + "_") }) else {
            return []
        }
        let systems = configuration.chartSystems.filter { $0.facility == facility.id }
        guard !systems.isEmpty, let record = try site.catalog.exam(study: exam.study) else { return [] }
        let content = try ResultContent(document)
        let (patient, study) = (try patient(record), try study(record))
        let status = ReportStatus(
            outcome: content.status, isAfterFinal: earlier.contains { ReportStatus.isFinal(outcome: $0.status) })
        return try systems.map { system in
            let result = ReportedResult(
                examKey: exam.examKey, version: content.version,
                predecessor: try site.catalog.versionTold(to: system.id, study: exam.study), status: status,
                label: content.label, outcome: content.status, reason: content.reason,
                determinedAt: content.determinedAt, site: siteParty,
                facility: ReportedParty(id: facility.id, name: facility.name),
                recipient: ReportedParty(id: system.id, name: system.name),
                repertoire: system.characterSet == .utf8 ? .utf8 : .iso2022Japanese, patient: patient, study: study,
                opinions: content.reads.filter(\.counted).compactMap(opinion))
            return ChartResult(
                party: system.id, content: try Self.json(result), endings: Self.endings(of: system.formats))
        }
    }

    /// What comes after `<exam key>.v<N>.` in the names of a chart system's files.
    static func endings(of formats: [ChartFormat]) -> [String] {
        ChartFormat.allCases.filter(formats.contains).map { form($0).ending }
    }

    private static func form(_ format: ChartFormat) -> ResultForm {
        switch format {
        case .fhir: .fhir
        case .hl7: .hl7
        case .hl7Batch: .hl7Batch
        case .mdm: .mdm
        case .sr: .sr
        case .pdf: .pdf
        case .dicomPDF: .dicomPDF
        }
    }

    private static func json(_ result: ReportedResult) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(result), as: UTF8.self)
    }

    private var siteParty: ReportedParty {
        ReportedParty(id: site.configuration.site.id, name: site.configuration.site.name)
    }

    // MARK: Of whom, of what

    private func patient(_ exam: ExamRecord) throws -> ReportedPatient {
        let attributes = try AttributeText(exam.patientAttributes)
        return ReportedPatient(
            patientID: exam.patientID, issuer: exam.issuer.isEmpty ? nil : exam.issuer,
            name: attributes["patientName"] ?? "", birthDate: attributes["patientBirthDate"].flatMap(Self.date),
            sex: attributes["patientSex"].flatMap { ["M", "F", "O"].contains($0) ? $0 : nil })
    }

    private func study(_ exam: ExamRecord) throws -> ReportedStudy {
        let attributes = try AttributeText(exam.studyAttributes)
        return ReportedStudy(
            studyInstanceUID: exam.studyInstanceUID,
            accessionNumber: exam.accessionNumber.isEmpty ? nil : exam.accessionNumber, studyID: attributes["studyID"],
            date: Self.date(exam.studyDate), time: attributes["studyTime"].flatMap(Self.time),
            description: attributes["studyDescription"] ?? attributes["requestedProcedureDescription"],
            referringPhysicianName: attributes["referringPhysicianName"],
            series: try series(exam.study))
    }

    private func series(_ study: Int64) throws -> [ReportedStudy.Series] {
        try site.catalog.series(ofStudy: study).map { series in
            var instances: [ReportedStudy.Instance] = []
            try site.catalog.forEachInstance(ofSeries: series.series) { instance in
                guard instance.isPrimary, let sopClass = try AttributeText(instance.attributes)["sopClassUID"] else {
                    return
                }
                instances.append(.init(sopClassUID: sopClass, sopInstanceUID: instance.sopInstanceUID))
            }
            return ReportedStudy.Series(
                seriesInstanceUID: series.seriesInstanceUID, modality: series.modality, instances: instances)
        }
    }

    /// A date of the images; nil for what is none.
    private static func date(_ text: String) -> String? {
        text.utf8.count == 8 && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
    }

    /// A time of the images, with or without fractions; nil for what is none.
    private static func time(_ text: String) -> String? {
        let isRight = text.utf8.prefix(6).allSatisfy { (0x30...0x39).contains($0) }
        return isRight && text.utf8.count >= 6 ? text : nil
    }

    // MARK: By whom

    private func opinion(_ read: ResultContent.Read) -> ReportedOpinion? {
        guard let label = read.label else { return nil }
        let entry = site.configuration.reader(read.reader, on: site.day(of: read.readAt)) ?? newestEntry(read.reader)
        return ReportedOpinion(
            reader: ReportedParty(id: read.reader, name: entry?.name ?? read.reader), personName: entry?.personName,
            label: label, readAt: read.readAt, text: read.text,
            findings: read.findings.map {
                ReportedOpinion.Finding(
                    code: $0.code, laterality: $0.laterality, sopInstanceUID: $0.sopInstanceUID, x: $0.x, y: $0.y,
                    text: $0.text)
            })
    }

    /// Of a reader who had no entry on the day of the read.
    private func newestEntry(_ reader: String) -> ReaderEntry? {
        site.configuration.readers.last { $0.id == reader }
    }
}
