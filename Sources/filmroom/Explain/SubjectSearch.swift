// What a text names: drops, exams, files, events; by every name that receipts, `find` and the archive show.
//
// Exact names go first; only a text that is none is taken for the beginning of a digest. Reads only.

import Accounting
import Catalog
import Configuration
import Files

/// Something that can be explained.
enum Subject {
    case drop(DropRecord)
    case exam(ExamRecord)
    /// One file, by its instance and bytes, and each time that it came.
    case file([FileSighting])
    case event(LedgerEvent)
    /// What a reader said, and each time that it came.
    case read([DiagnosisRecord])
    /// A report, and each time that it came.
    case report([StoredReport])
    /// A request for exams.
    case request(LendingRequest)
    /// An issued document.
    case invoice(InvoiceRecord)
    /// A line of one: `2026-000012:2`.
    case line(InvoiceLine, InvoiceLineRecord)
    /// A metered use.
    case use(UsageRecord)
    /// An entry of a patient's chart, in each of its versions.
    case entry([ChartEntryRecord])
}

struct SubjectSearch {
    let catalog: Catalog

    func subjects(_ text: String) throws -> [Subject] {
        let drops = try (drops(text) + catalog.drops(itemNamed: text)).map { Subject.drop($0) }
        let exams = try exams(text).map { Subject.exam($0) }
        let files = Self.isUID(text) ? Self.grouped(try catalog.files(sopInstanceUID: text)) : []
        let events = try catalog.event(act: text).map { [Subject.event($0)] } ?? []
        // A report's digest is the id of its item, too.
        let reports = try SHA256Digest(hex: text).flatMap { DigestPrefix($0.hex) }.map { try self.reports($0) } ?? []
        let named = try reports + drops + requests(text) + exams + files + events + accounts(text) + entries(text)
        guard named.isEmpty, let digest = DigestPrefix(text) else { return named }
        return try digested(digest)
    }

    /// By the name of an entry: patients may have the same.
    private func entries(_ text: String) throws -> [Subject] {
        Dictionary(grouping: try catalog.chartEntries(named: text), by: \.patient)
            .sorted { $0.key < $1.key }.map { .entry($0.value) }
    }

    /// By the number of a document, with `:` and the number of a line, and by the id of a metered use.
    private func accounts(_ text: String) throws -> [Subject] {
        let uses = try catalog.usage(act: text).map { [Subject.use($0)] } ?? []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let record = try catalog.invoice(number: parts.first ?? "") else { return uses }
        if parts.count == 1 { return [.invoice(record)] }
        guard parts.count == 2, let number = Int(parts[1]),
            let line = record.invoice.lines.first(where: { $0.number == number }),
            let place = try catalog.lines(ofInvoice: record.id).first(where: { $0.number == number })
        else { return [] }
        return [.line(line, place)]
    }

    private func digested(_ digest: DigestPrefix) throws -> [Subject] {
        let studies = try catalog.studies(packDigest: digest)
        var exams: [Subject] = []
        for study in studies {
            var query = ExamSearch()
            query.study = study
            query.includesDeleted = true
            try catalog.forEachExam(query) { exams.append(.exam($0)) }
        }
        return try catalog.drops(digest: digest).map { .drop($0) } + exams
            + Self.grouped(try catalog.files(digest: digest)) + reads(digest) + reports(digest)
    }

    private func reports(_ digest: DigestPrefix) throws -> [Subject] {
        Dictionary(grouping: try catalog.reports(digest: digest), by: \.digest.hex)
            .sorted { $0.key < $1.key }.map { .report($0.value) }
    }

    private func reads(_ digest: DigestPrefix) throws -> [Subject] {
        Dictionary(grouping: try catalog.diagnoses(digest: digest), by: \.facts.digest.hex)
            .sorted { $0.key < $1.key }.map { .read($0.value) }
    }

    /// By the id that their party gave them, and by the name of the delivery: `northside/deliveries/R-77.zip`.
    private func requests(_ text: String) throws -> [Subject] {
        let parts = text.split(separator: "/").map(String.init)
        let isPlace = parts.dropLast().last == OutboundKind.deliveries.rawValue
        guard let name = parts.last, parts.count == 1 || isPlace else { return [] }
        let place = DropPlace(text)
        let names =
            [name] + [".zip", ".tar"].filter { place.name.hasSuffix($0) }.map { String(place.name.dropLast($0.count)) }
        return try names.flatMap { try catalog.lendingRequests(named: $0, party: isPlace ? place.party : nil) }
            .map { .request($0) }
    }

    private func drops(_ text: String) throws -> [DropRecord] {
        if let number = DropID(text: text) { return try catalog.drop(number).map { [$0] } ?? [] }
        let place = DropPlace(text)
        var found: [DropRecord] = []
        if place.mayBeReceipt {
            found += try catalog.drops(receipt: place.name, party: place.party)
            if let stem = place.incompleteStem {
                found += try catalog.dropsToldIncomplete().filter { drop in
                    ReceiptName.incompleteStem(kind: drop.kind, name: drop.name) == stem
                        && (place.party.map { $0 == drop.party } ?? true)
                }
            }
        }
        if place.mayBeDrop { found += try catalog.drops(named: place.name, party: place.party, kind: place.kind) }
        var seen: Set<DropID> = []
        return found.filter { seen.insert($0.id).inserted }
    }

    private func exams(_ text: String) throws -> [ExamRecord] {
        var found: [ExamRecord] = []
        let keys: [WritableKeyPath<ExamSearch, String?>] = [
            \.examKey, \.accessionNumber, \.studyInstanceUID, \.seriesInstanceUID,
        ]
        for key in keys where !text.isEmpty {
            var query = ExamSearch()
            query[keyPath: key] = text
            query.includesDeleted = true
            try catalog.forEachExam(query) { exam in
                if !found.contains(where: { $0.study == exam.study }) { found.append(exam) }
            }
        }
        return found
    }

    private static func isUID(_ text: String) -> Bool {
        text.contains(".") && text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2E }
    }

    /// One subject for each exam, instance and content, in the order in which they first came.
    private static func grouped(_ sightings: [FileSighting]) -> [Subject] {
        var order: [String] = []
        var groups: [String: [FileSighting]] = [:]
        for sighting in sightings {
            let key = [sighting.stored?.examKey ?? "", sighting.sopInstanceUID ?? "", sighting.sha256?.hex ?? ""]
                .joined(separator: "\n")
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(sighting)
        }
        return order.compactMap { groups[$0] }.map { .file($0) }
    }
}
