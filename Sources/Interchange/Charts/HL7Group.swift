// HL7Group owns the meaning of the segments that make one entry: an order, a report, a document, a diagnosis.
//
// Accession numbers: of a report OBR-3 (contract, section 3); of an order OBR-18 or IPC-1 where these are there, as IHE
// Radiology writes it, else OBR-3. Study UIDs: ZDS-1, IPC-3. Source: HL7 v2.5.1 chapters 4, 7 and 9.

internal import Radiology

/// The segments of one entry.
struct HL7Group {
    let kind: ChartEntry.Kind
    var segments: [HL7Segment]

    init(kind: ChartEntry.Kind, first: HL7Segment) {
        self.kind = kind
        segments = [first]
    }

    /// Whether its OBR is there.
    var hasRequest: Bool { segments.contains { $0.name == "OBR" } }

    private var first: HL7Segment { segments[0] }
    private func segment(_ name: String) -> HL7Segment? { segments.first { $0.name == name } }

    func item(of patient: HL7Patient?, in visit: HL7Visit?, zone: ZoneOffset) throws(ItemError) -> ChartItem {
        guard let patient else { throw first.place().fault("\(first.name) stands before any PID") }
        let entry =
            switch kind {
            case .condition: try condition(patient, visit, zone)
            case .document: try document(patient, visit, zone)
            default: try ordered(patient, visit, zone)
            }
        return ChartItem(name: entry.name, entries: [entry])
    }

    // MARK: Diagnoses

    private func condition(_ patient: HL7Patient, _ visit: HL7Visit?, _ zone: ZoneOffset) throws(ItemError)
        -> ChartEntry
    {
        let code = try first.component(1, field: 3)
        let words = firstGiven(try first.component(2, field: 3), try first.component(1, field: 4))
        guard let name = code ?? words else { throw first.place(3).fault("the diagnosis has neither code nor text") }
        let scope = visit?.name.map { "\($0.dropFirst("Encounter/".count))/" } ?? ""
        return ChartEntry(
            name: try ChartSyntax.identifier("Condition/\(scope)\(name)", at: first.place(3)), kind: .condition,
            patient: patient.patient.identity, encounter: visit?.name, time: try HL7Day.time(first, 5, zone: zone),
            title: words ?? code, text: words == nil ? nil : code.map { "Code: \($0)" })
    }

    // MARK: Orders and reports

    private func ordered(_ patient: HL7Patient, _ visit: HL7Visit?, _ zone: ZoneOffset) throws(ItemError) -> ChartEntry
    {
        guard let request = segment("OBR") else { throw first.place().fault("the order has no OBR") }
        let order = segment("ORC")
        let placer = firstGiven(try request.component(1, field: 2), try order?.component(1, field: 2))
        let filler = firstGiven(try request.component(1, field: 3), try order?.component(1, field: 3))
        guard let number = kind == .report ? filler ?? placer : placer ?? filler else {
            throw request.place(kind == .report ? 3 : 2).fault("the number by which it is known again is missing")
        }
        let type = kind == .report ? "DiagnosticReport" : "ServiceRequest"
        return ChartEntry(
            name: try ChartSyntax.identifier("\(type)/\(number)", at: request.place()), kind: kind,
            patient: patient.patient.identity, accessionNumbers: try accessions(request, filler),
            studyInstanceUIDs: try uids(), encounter: visit?.name, time: try time(request, order, zone),
            title: firstGiven(try request.component(2, field: 4), try request.component(1, field: 4)),
            text: try text(request),
            status: try status(request, order))
    }

    private func accessions(_ request: HL7Segment, _ filler: String?) throws(ItemError) -> [String] {
        if kind == .report { return filler.map { [$0] } ?? [] }
        if let number = try request.component(1, field: 18) { return [number] }
        if let number = try segment("IPC")?.component(1, field: 1) { return [number] }
        return filler.map { [$0] } ?? []
    }

    private func uids() throws(ItemError) -> [String] {
        var uids: [String] = []
        for (name, field) in [("ZDS", 1), ("IPC", 3)] {
            for segment in segments where segment.name == name {
                guard let uid = try segment.component(1, field: field) else { continue }
                uids.append(try FieldSyntax.uid(uid, at: segment.place(field)))
            }
        }
        return uids.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    private func time(_ request: HL7Segment, _ order: HL7Segment?, _ zone: ZoneOffset) throws(ItemError) -> String? {
        for field in kind == .report ? [7, 22] : [36, 27, 7] {
            if let time = try HL7Day.time(request, field, zone: zone) { return time }
        }
        guard let order else { return nil }
        return try HL7Day.time(order, 9, zone: zone)
    }

    private static let statuses = [
        "F": "final", "C": "corrected", "P": "preliminary", "X": "cancelled", "I": "registered", "O": "registered",
        "S": "registered", "R": "preliminary", "A": "partial", "D": "entered-in-error", "W": "entered-in-error",
    ]
    private static let controls = [
        "NW": "active", "CA": "cancelled", "DC": "cancelled", "XO": "active", "CM": "completed",
    ]

    private func status(_ request: HL7Segment, _ order: HL7Segment?) throws(ItemError) -> String? {
        if kind == .order {
            let control = try order?.component(1, field: 1)
            return control.map { Self.controls[$0] ?? $0 }
        }
        let codes = [request.raw(25)] + segments.filter { $0.name == "OBX" }.map { $0.raw(11) }
        return codes.first { !$0.isEmpty }.map { Self.statuses[$0] ?? $0 }
    }

    /// Reasons (OBR-31), comments (NTE-3) and observations, a line each.
    private func text(_ request: HL7Segment) throws(ItemError) -> String? {
        var lines: [String] = []
        if kind == .order,
            let reason = firstGiven(try request.component(2, field: 31), try request.component(1, field: 31))
        {
            lines.append(reason)
        }
        for segment in segments {
            switch segment.name {
            case "NTE": if let text = try segment.text(3) { lines.append(text) }
            case "OBX": if let line = try Self.observation(segment) { lines.append(line) }
            default: continue
            }
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private static func observation(_ segment: HL7Segment) throws(ItemError) -> String? {
        let type = segment.raw(2)
        if ["TX", "FT", "ST"].contains(type) { return try segment.text(5) }
        if ["ED", "RP"].contains(type) {
            let name = try segment.component(2, field: 3)
            return "(attached: \(name ?? "a document"))"
        }
        guard let value = firstGiven(try segment.component(2, field: 5), try segment.component(1, field: 5)) else {
            return nil
        }
        let name = firstGiven(try segment.component(2, field: 3), try segment.component(1, field: 3))
        let unit = try segment.component(1, field: 6).map { " \($0)" } ?? ""
        return (name.map { "\($0): " } ?? "") + value + unit
    }

    // MARK: Documents

    private func document(_ patient: HL7Patient, _ visit: HL7Visit?, _ zone: ZoneOffset) throws(ItemError) -> ChartEntry
    {
        guard let number = firstGiven(try first.component(1, field: 12), try first.component(1, field: 1)) else {
            throw first.place(12).fault("the document's number is missing")
        }
        var accessions: [String] = []
        for repetition in first.repetitions(15) {
            if let filler = try first.component(1, of: repetition, field: 15) { accessions.append(filler) }
        }
        let states = ["AU": "final", "LA": "final", "DI": "preliminary", "IP": "preliminary", "CA": "entered-in-error"]
        return ChartEntry(
            name: try ChartSyntax.identifier("DocumentReference/\(number)", at: first.place(12)), kind: .document,
            patient: patient.patient.identity, accessionNumbers: accessions, studyInstanceUIDs: try uids(),
            encounter: visit?.name,
            time: firstGiven(try HL7Day.time(first, 4, zone: zone), try HL7Day.time(first, 6, zone: zone)),
            title: firstGiven(try first.component(2, field: 2), try first.component(1, field: 2)),
            text: try text(first),
            status: try first.component(1, field: 17).map { states[$0] ?? $0 })
    }
}
