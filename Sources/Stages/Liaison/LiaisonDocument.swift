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

    func note(exams: [ChartNote.Exam]) -> ChartNote {
        let links = Dictionary(grouping: chart.links, by: \.entry)
        return ChartNote(
            entries: chart.entries.map { record in
                ChartNote.Entry(
                    record.entry, links: (links[record.id] ?? []).compactMap { told($0, record.entry.name) })
            }, exams: exams, merged: chart.patients.dropFirst().map(\.identity.patientID))
    }

    func json() -> [UInt8] {
        let names = Dictionary(chart.entries.map { ($0.id, $0.entry.name) }) { first, _ in first }
        let links = chart.links.compactMap { link in names[link.entry].flatMap { told(link, $0) } }
        let linked = Set(chart.links.filter { $0.conflict == nil }.map(\.entry))
        return LinksText(
            patient: chart.patients[0].identity, ownIssuer: ownIssuer, links: links,
            unmatchedEntries: chart.entries.filter { !linked.contains($0.id) && !$0.entry.isVoid }.map(\.entry.name),
            unmatchedExams: chart.unmatchedStudies.compactMap { keys[$0] },
            merged: chart.patients.dropFirst().map(\.identity), mergedInto: successor
        ).json()
    }

    private func told(_ link: ChartLinkRecord, _ entry: String) -> ToldLink? {
        keys[link.study].map {
            ToldLink(
                entry: entry, exam: $0, basis: link.basis, certainty: link.certainty, conflict: link.conflict,
                isSettled: link.isSettled, since: link.since)
        }
    }
}
