// FHIREntry owns the meaning of the resources that are entries of a chart.
//
// An entry names the exams that it is of by its own numbers and by those of the orders and imaging studies that it refers
// to within the bundle. Source: HL7 FHIR R4; DICOM PS3.3 for accession numbers and study UIDs.

internal import Foundation
internal import Radiology

/// The reader of one entry.
struct FHIREntry {
    private let resource: FHIRValue
    private let type: String
    private let index: FHIRIndex

    private static let kinds: [String: ChartEntry.Kind] = [
        "Encounter": .encounter, "Condition": .condition, "ServiceRequest": .order, "DiagnosticReport": .report,
        "DocumentReference": .document, "ImagingStudy": .imaging,
    ]
    private static let times: [[String]] = [
        ["period", "start"], ["effectiveDateTime"], ["effectivePeriod", "start"], ["started"], ["occurrenceDateTime"],
        ["authoredOn"], ["onsetDateTime"], ["recordedDate"], ["issued"], ["date"],
    ]
    /// Where an entry refers to what carries the numbers of exams.
    private static let sources = ["basedOn", "imagingStudy", "study"]

    init(_ resource: FHIRValue, type: String, index: FHIRIndex) {
        self.resource = resource
        self.type = type
        self.index = index
    }

    func item() throws(ItemError) -> ChartItem {
        let entry = try entry()
        return ChartItem(name: entry.name, entries: [entry])
    }

    private func entry() throws(ItemError) -> ChartEntry {
        let subject = resource["subject"] ?? resource["patient"]
        guard let subject else { throw resource.place.fault("the \(type) has no 'subject', which says whose it is") }
        guard let patient = try FHIRPatient.identity(of: subject, index) else {
            throw subject.place.fault(
                "the 'subject' leads to no patient: put the Patient into the bundle, or give 'subject.identifier'")
        }
        let numbers = try numbers()
        return ChartEntry(
            name: try name(), kind: Self.kinds[type] ?? .document, patient: patient,
            accessionNumbers: numbers.accessions, studyInstanceUIDs: numbers.uids, encounter: try encounter(),
            time: try resource.time(Self.times), title: try title(), text: try text(), status: try status())
    }

    private func name() throws(ItemError) -> String {
        if let id = try resource.line("id") { return try ChartSyntax.identifier("\(type)/\(id)", at: resource.place) }
        for identifier in resource.all("identifier") {
            guard let value = try identifier.line("value") else { continue }
            return try ChartSyntax.identifier("\(type)/\(value)", at: identifier.place)
        }
        throw resource.place.fault("the \(type) has neither 'id' nor 'identifier', by which it is known again")
    }

    // MARK: Numbers

    private typealias Numbers = (accessions: [String], uids: [String])

    private func numbers() throws(ItemError) -> Numbers {
        var found = try Self.own(resource)
        let context = resource["context"]?.all("related") ?? []
        for reference in Self.sources.flatMap({ resource.all($0) }) + context {
            if let identifier = reference["identifier"] { Self.add(try Self.number(identifier), to: &found) }
            guard let name = try reference.line("reference"), let target = index.target(name) else { continue }
            Self.add(try Self.own(target), to: &found)
        }
        return found
    }

    private static func own(_ resource: FHIRValue) throws(ItemError) -> Numbers {
        var found: Numbers = ([], [])
        for identifier in resource.all("identifier") { add(try number(identifier), to: &found) }
        return found
    }

    private static func number(_ identifier: FHIRValue) throws(ItemError) -> Numbers {
        guard let value = try identifier.line("value") else { return ([], []) }
        if try identifier.line("system") == "urn:dicom:uid" {
            let text = value.hasPrefix("urn:oid:") ? String(value.dropFirst(8)) : value
            return ([], [try FieldSyntax.uid(text, at: identifier.place)])
        }
        return try identifier.hasType("ACSN") ? ([value], []) : ([], [])
    }

    private static func add(_ more: Numbers, to found: inout Numbers) {
        for number in more.accessions where !found.accessions.contains(number) { found.accessions.append(number) }
        for uid in more.uids where !found.uids.contains(uid) { found.uids.append(uid) }
    }

    // MARK: What it says

    private func encounter() throws(ItemError) -> String? {
        let reference = resource["encounter"] ?? resource["context"]?.all("encounter").first
        return try reference?.line("reference").map { index.name($0) }
    }

    private func title() throws(ItemError) -> String? {
        if type == "Encounter" {
            return firstGiven(try resource.concept("type"), try resource["class"]?.line("display"))
        }
        if let title = firstGiven(try resource.concept("code"), try resource.concept("type")) { return title }
        return try resource.line("description")
    }

    private func status() throws(ItemError) -> String? {
        for coding in resource["clinicalStatus"]?.all("coding") ?? [] {
            if let code = try coding.line("code") { return code }
        }
        return firstGiven(try resource.line("docStatus"), try resource.line("status"))
    }

    private func text() throws(ItemError) -> String? {
        var texts: [String] = []
        for text in [
            try resource.text("conclusion"), try resource.text("description"), try resource.concept("reasonCode"),
        ] {
            if let text { texts.append(text) }
        }
        for note in resource.all("note") { if let text = try note.text("text") { texts.append(text) } }
        let forms = resource.all("presentedForm") + resource.all("content").compactMap { $0["attachment"] }
        for form in forms { if let text = try Self.attached(form) { texts.append(text) } }
        if texts.isEmpty, let narrative = try resource["text"]?.text("div") { texts.append(Self.plain(narrative)) }
        let text = texts.filter { !$0.isEmpty }.joined(separator: "\n")
        return text.isEmpty ? nil : text
    }

    /// Plain text that is attached; of other attachments their title.
    private static func attached(_ form: FHIRValue) throws(ItemError) -> String? {
        let type = try form.line("contentType") ?? ""
        guard type.hasPrefix("text/plain"), let data = try form.text("data") else {
            return try form.line("title").map { "(\($0))" }
        }
        guard let decoded = Data(base64Encoded: data, options: .ignoreUnknownCharacters),
            let text = String(validating: decoded, as: UTF8.self)
        else { throw form.place.fault("the attached text is no UTF-8 in base64") }
        return try FieldSyntax.text(text, at: form.place)
    }

    /// The words of a narrative.
    private static func plain(_ narrative: String) -> String {
        var words = ""
        var isInTag = false
        for character in narrative {
            if character == "<" { isInTag = true }
            if !isInTag { words.append(character) }
            if character == ">" { isInTag = false }
        }
        for (escape, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            words = words.replacingOccurrences(of: escape, with: character)
        }
        return words.split(separator: "\n").map { FieldSyntax.trimmed(String($0)) }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
