// `filmroom find`: exams of the catalogue with their attributes.

import ArgumentParser
import Catalog
import Configuration
import Foundation

struct FindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Exams of the catalogue, with their attributes.",
        discussion: """
            What is asked for together must all be so; without a question it is all exams. A line each: key, patient id, patient \
            name, study date, modalities, study description, number of images; with --instances a line for each image below: SOP \
            Instance UID, modality, bytes, SHA-256, tier. --json has all attributes.
            """)

    @OptionGroup var options: SiteOptions
    @Option(help: "Patient ID.") var patient: String?
    @Option(help: "Accession number.") var accession: String?
    @Option(help: "Study Instance UID.") var study: String?
    @Option(help: "Facility, by its id.") var facility: String?
    @Option(help: "Modality: MG, CT …") var modality: String?
    @Option(help: "First study date: 2026-01-31.") var from: String?
    @Option(help: "Last study date: 2026-12-31.") var to: String?
    @Flag(help: "Each instance with all its attributes.") var instances = false

    func validate() throws {
        for (option, text) in [("--from", from), ("--to", to)] {
            guard let text else { continue }
            guard CalendarDate(text) != nil else {
                throw ValidationError("\(option) \(text) is no date; write it as 2026-01-31")
            }
        }
    }

    func run() throws {
        let site = try options.open()
        var exams: [[String: Any]] = []
        try options.orFail {
            var found: [ExamRecord] = []
            try site.catalog.forEachExam(query()) { found.append($0) }
            for exam in found { exams.append(try describe(exam, site.catalog)) }
            if options.json {
                try StandardStreams.printJSON(exams)
            }
        }
        if !options.json { for exam in exams { lines(exam).forEach(StandardStreams.print) } }
    }

    private func query() -> ExamSearch {
        var query = ExamSearch()
        query.patientID = patient
        query.accessionNumber = accession
        query.studyInstanceUID = study
        query.facility = facility
        query.modality = modality
        query.from = from?.filter { $0 != "-" }
        query.to = to?.filter { $0 != "-" }
        return query
    }

    private func describe(_ exam: ExamRecord, _ catalog: Catalog) throws -> [String: Any] {
        var result = try object(exam.patientAttributes).merging(object(exam.studyAttributes)) { first, _ in first }
        result["key"] = exam.key
        result["facility"] = exam.facility
        result["patientID"] = exam.patientID
        result["issuerOfPatientID"] = exam.issuer
        result["studyInstanceUID"] = exam.studyInstanceUID
        result["accessionNumber"] = exam.accessionNumber
        let series = try catalog.series(ofStudy: exam.study)
        result["modalities"] = Array(Set(series.map(\.modality))).filter { !$0.isEmpty }.sorted()
        result["instanceCount"] = series.reduce(0) { $0 + $1.instanceCount }
        result["byteCount"] = series.reduce(0) { $0 + $1.byteCount }
        if instances { result["series"] = try series.map { try describe($0, of: exam, catalog) } }
        return result
    }

    private func describe(_ series: SeriesRecord, of exam: ExamRecord, _ catalog: Catalog) throws -> [String: Any] {
        var result = try object(series.attributes)
        let above = try object(exam.patientAttributes).merging(object(exam.studyAttributes)) { first, _ in first }
            .merging(result) { first, _ in first }
        var instances: [[String: Any]] = []
        try catalog.forEachInstance(ofSeries: series.series) { instance in
            var attributes = above.merging(try object(instance.attributes)) { _, own in own }
            attributes = attributes.filter { !($0.value is NSNull) }
            attributes["sha256"] = instance.sha256.hex
            attributes["byteCount"] = instance.byteCount
            attributes["primary"] = instance.isPrimary
            attributes["tier"] = instance.tier
            instances.append(attributes)
        }
        result["instances"] = instances
        return result
    }

    private func object(_ json: String) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
    }

    private func lines(_ exam: [String: Any]) -> [String] {
        let series = exam["series"] as? [[String: Any]] ?? []
        let head = ["key", "patientID", "patientName", "studyDate", "modalities", "studyDescription", "instanceCount"]
        return [columns(head, of: exam)]
            + series.flatMap { $0["instances"] as? [[String: Any]] ?? [] }
            .map { "\t" + columns(["sopInstanceUID", "modality", "byteCount", "sha256", "tier"], of: $0) }
    }

    private func columns(_ keys: [String], of item: [String: Any]) -> String {
        keys.map { key in
            switch item[key] {
            case let list as [String]: list.joined(separator: ",")
            case let value?: "\(value)"
            case nil: ""
            }
        }.joined(separator: "\t")
    }
}
