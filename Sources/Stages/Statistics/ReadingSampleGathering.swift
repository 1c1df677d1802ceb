// Gathers what the catalogue knows of one protocol's reading.

internal import Catalog
internal import Configuration
internal import Pipeline

extension ReadingSample {
    /// - Parameter id: A protocol that exams were assigned under; it may be configured no longer.
    init(_ site: SiteContext, protocolID id: String, readLimit: Int64) throws {
        let assignments = try site.catalog.assignments(protocolID: id)
        let records = try site.catalog.countedReads(protocolID: id, readLimit: readLimit)
        let byExam = Dictionary(grouping: records) { $0.facts.study ?? 0 }.sorted { $0.key < $1.key }
        let reading = site.readingProtocol(id)
        let places = Dictionary(assignments.map { (Place($0), $0) }) { first, _ in first }
        let counted = byExam.flatMap { EffectiveReads.counted($0.value) }.filter { places[Place($0)] != nil }
        let blind = byExam.flatMap { EffectiveReads.blind($0.value) }.filter { read in
            places[Place(read)].map { $0.origin != .arbiter } ?? false
        }
        self.init(
            protocolID: id,
            labels: reading?.labels ?? Set(records.compactMap(\.facts.label)).sorted(),
            isOrdered: reading?.ordered ?? false, positive: reading?.rule.positive,
            examCount: Set(assignments.map(\.study)).count,
            work: Self.work(site, reading, assignments: assignments, counted: counted, records: records),
            reads: blind.map {
                Read(
                    exam: $0.facts.study ?? 0, round: $0.facts.round, reader: $0.facts.reader,
                    label: $0.facts.label ?? "")
            },
            results: try site.catalog.determinedLabels(protocolID: id))
    }

    /// What a reader was to read, and may have read.
    private struct Place: Hashable {
        let exam: Int64
        let reader: String
        let round: Int

        init(_ assignment: AssignmentRecord) {
            exam = assignment.study
            reader = assignment.reader
            round = assignment.round
        }

        init(_ read: DiagnosisRecord) {
            exam = read.facts.study ?? 0
            reader = read.facts.reader
            round = read.facts.round
        }
    }

    /// The protocol's readers in its order, then others by id.
    private static func work(
        _ site: SiteContext, _ reading: ReadingProtocol?, assignments: [AssignmentRecord], counted: [DiagnosisRecord],
        records: [DiagnosisRecord]
    ) -> [Work] {
        let own = reading?.readers ?? []
        let others = Set(assignments.map(\.reader)).subtracting(own).sorted()
        let assigned = Dictionary(grouping: assignments, by: \.reader)
        let answered = Dictionary(grouping: counted, by: \.facts.reader)
        let firstSeals = firstSeals(records)
        let seconds = Self.seconds(of: assignments.map(\.assignedAt) + firstSeals.values)
        return (own + others).map { id in
            Work(
                reader: id, name: site.configuration.readers.last { $0.id == id }?.name ?? id,
                assignedCount: assigned[id]?.count ?? 0, readCount: answered[id]?.count ?? 0,
                turnarounds: (assigned[id] ?? []).compactMap { assignment in
                    guard let sealed = firstSeals[Place(assignment)],
                        let end = seconds[sealed], let start = seconds[assignment.assignedAt]
                    else { return nil }
                    return max(0, end - start)
                })
        }
    }

    /// Each instant once: many are the same, and reading one is slow.
    private static func seconds(of instants: [String]) -> [String: Int64] {
        Dictionary(
            uniqueKeysWithValues: Set(instants).compactMap { text in SiteClock.seconds(of: text).map { (text, $0) } })
    }

    private static func firstSeals(_ records: [DiagnosisRecord]) -> [Place: String] {
        let inOrder = records.filter { $0.facts.label != nil }.sorted { $0.sealOrder < $1.sealOrder }
        return Dictionary(inOrder.map { (Place($0), $0.sealedAt) }) { first, _ in first }
    }
}
