// All of `parties.yaml`: the site, and everybody who has folders.
//
// Invariant: one id is one party, over all four lists; only a reader may have several entries, at different times.

/// The content of `parties.yaml`.
struct PartiesSection {
    let site: Site?
    let facilities: [Facility]
    let readers: [ReaderEntry]
    let management: [ManagementOffice]
    let chartSystems: [ChartSystem]

    static let empty = PartiesSection(site: nil, facilities: [], readers: [], management: [], chartSystems: [])

    init(
        site: Site?, facilities: [Facility], readers: [ReaderEntry], management: [ManagementOffice],
        chartSystems: [ChartSystem]
    ) {
        self.site = site
        self.facilities = facilities
        self.readers = readers
        self.management = management
        self.chartSystems = chartSystems
    }

    init(_ reader: KeyedReader, known: Identifiers) {
        let site = reader.required("site", { Site.decode($0) }, else: nil)
        let facilities = reader.blocks("facilities") { ($0.field, Facility($0, site: site, known: known)) }
        let readers = reader.blocks("readers") { ($0.field, ReaderEntry($0)) }
        let management = reader.blocks("management") { ($0.field, ManagementOffice($0)) }
        let chartSystems = reader.blocks("chartSystems") { ($0.field, ChartSystem($0, known: known)) }
        Self.reportRepeated(
            facilities.map { ($0.0, $0.1.id, "facility") }
                + Self.firstEntries(readers).map { ($0.0, $0.1.id, "reader") }
                + management.map { ($0.0, $0.1.id, "management office") }
                + chartSystems.map { ($0.0, $0.1.id, "chart system") })
        Self.reportOverlaps(readers)
        self.init(
            site: site, facilities: facilities.map(\.1), readers: readers.map(\.1), management: management.map(\.1),
            chartSystems: chartSystems.map(\.1))
    }

    /// Every party once, in the order of the file.
    var parties: [Party] {
        facilities.map { Party(id: $0.id, name: $0.name, kind: .facility, facility: $0.id) }
            + Self.firstEntries(readers.map { ((), $0) })
            .map { Party(id: $0.1.id, name: $0.1.name, kind: .reader, facility: nil) }
            + management.map { Party(id: $0.id, name: $0.name, kind: .management, facility: nil) }
            + chartSystems.map { Party(id: $0.id, name: $0.name, kind: .chartSystem, facility: $0.facility) }
    }

    private static func firstEntries<Place>(_ entries: [(Place, ReaderEntry)]) -> [(Place, ReaderEntry)] {
        var seen: Set<String> = []
        return entries.filter { seen.insert($0.1.id).inserted }
    }

    private static func reportRepeated(_ parties: [(field: Field, id: String, kind: String)]) {
        var first: [String: (line: Int, kind: String)] = [:]
        for party in parties where !party.id.isEmpty {
            if let earlier = first[party.id] {
                party.field.fail(
                    "the id \"\(party.id)\" belongs to the \(earlier.kind) in line \(earlier.line);"
                        + " give every party its own"
                )
            } else {
                first[party.id] = (party.field.line, party.kind)
            }
        }
    }

    /// Reports entries of one reader that hold at the same time.
    static func reportOverlaps(_ entries: [(field: Field, entry: ReaderEntry)]) {
        for (offset, later) in entries.enumerated() where !later.entry.id.isEmpty {
            let earlier = entries[..<offset].first { $0.entry.id == later.entry.id && $0.entry.overlaps(later.entry) }
            guard let earlier else { continue }
            later.field.fail(
                "this entry of \"\(later.entry.id)\" holds at the same time as the one in line \(earlier.field.line);"
                    + " end one with `to` on the day on which the other begins with `from`")
        }
    }
}
