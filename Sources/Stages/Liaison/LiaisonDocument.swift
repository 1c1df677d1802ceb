// What a liaison folder says of links: `links.json`, and the chart of its page.
//
// Pure: the same facts give the same bytes.

internal import Catalog
internal import Interchange
internal import Pages
internal import Radiology

struct LiaisonDocument {
    let chart: PatientChart
    /// Exam keys by row.
    let keys: [Int64: String]
    let ownIssuer: String?
    /// Who the patient is now; nil for one who was not merged.
    var successor: PatientIdentity?

    private var names: [Int64: String] {
        Dictionary(chart.entries.map { ($0.id, $0.entry.name) }) { first, _ in first }
    }

    // MARK: The page

    func note(exams: [ChartNote.Exam]) -> ChartNote {
        let links = Dictionary(grouping: chart.links, by: \.entry)
        return ChartNote(
            entries: chart.entries.map { entry($0, links[$0.id] ?? []) }, exams: exams,
            merged: chart.patients.dropFirst().map(\.identity.patientID))
    }

    private func entry(_ record: ChartEntryRecord, _ links: [ChartLinkRecord]) -> ChartNote.Entry {
        let entry = record.entry
        return ChartNote.Entry(
            name: entry.name, kind: entry.kind.rawValue, time: entry.time, title: entry.title, text: entry.text,
            status: entry.status,
            links: links.filter { $0.conflict == nil }.compactMap { link in
                keys[link.study].map {
                    ChartNote.Link(exam: $0, by: link.basis.rawValue, certainty: link.certainty.rawValue)
                }
            }, held: links.compactMap { held($0) })
    }

    private func held(_ link: ChartLinkRecord) -> String? {
        guard let patient = link.conflict else { return nil }
        let key = keys[link.study] ?? ""
        return "\(key) has the number that this names, and is patient \(patient)'s by its images."
            + " It is held until somebody says which is right."
    }

    // MARK: The file

    func json() -> [UInt8] {
        var text = JSONText()
        text.raw("{")
        text.member("type", "links", first: true)
        text.raw(",\n\"patient\":{")
        append(chart.patients[0].identity, to: &text)
        text.raw("},\n\"links\":[")
        append(chart.links.filter { $0.conflict == nil }, to: &text) { link, text in
            text.member("by", link.basis.rawValue)
            text.member("certainty", link.certainty.rawValue)
            text.member("since", link.since)
        }
        text.raw("],\n\"unmatched\":{")
        text.member("entries", unmatchedEntries, first: true)
        text.member("exams", chart.unmatchedStudies.compactMap { keys[$0] })
        text.raw("},\n\"held\":[")
        append(chart.links.filter { $0.conflict != nil }, to: &text) { link, text in
            text.member("by", link.basis.rawValue)
            text.member("patientOfExam", link.conflict)
            text.member("since", link.since)
        }
        text.raw("],\n\"merged\":[")
        for (index, patient) in chart.patients.dropFirst().enumerated() {
            text.raw(index == 0 ? "{" : ",{")
            append(patient.identity, to: &text)
            text.raw("}")
        }
        text.raw("],\n\"mergedInto\":")
        if let successor {
            text.raw("{")
            append(successor, to: &text)
            text.raw("}")
        } else {
            text.null()
        }
        text.raw("}\n")
        return text.take()
    }

    private var unmatchedEntries: [String] {
        let linked = Set(chart.links.filter { $0.conflict == nil }.map(\.entry))
        return chart.entries.filter { !linked.contains($0.id) && !$0.entry.isVoid }.map(\.entry.name)
    }

    private func append(_ identity: PatientIdentity, to text: inout JSONText) {
        text.member("patientID", identity.patientID, first: true)
        text.member("issuerOfPatientID", identity.issuer.isEmpty ? ownIssuer : identity.issuer)
    }

    private func append(
        _ links: [ChartLinkRecord], to text: inout JSONText, more: (ChartLinkRecord, inout JSONText) -> Void
    ) {
        let names = names
        for (index, link) in links.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.member("entry", names[link.entry], first: true)
            text.member("exam", keys[link.study])
            more(link, &text)
            text.raw("}")
        }
    }
}
