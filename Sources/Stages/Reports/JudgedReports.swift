// What becomes of the reports of a drop, each by itself, and of the drop as a whole; with the tars to be written first.
//
// Reads the catalogue, writes nothing.

internal import Archive
internal import Catalog
internal import Configuration
internal import Files
internal import Interchange
internal import Pipeline
internal import Radiology

struct JudgedReports {
    private(set) var items: [ItemFacts] = []
    private(set) var reports: [ReportFacts] = []
    private(set) var tars: [(digest: SHA256Digest, tar: [UInt8])] = []
    private(set) var files: [DropOutcome.FileFacts] = []
    private(set) var status = DropStatus.accepted
    private(set) var reason: String?

    private let site: SiteContext
    private let judge: ReportJudge
    private let note: (Int) -> ReportDropNote

    init(
        _ drafts: ReportDrafts, of read: ReportFiles, drop: DropRecord, isAttested: Bool, site: SiteContext
    ) throws {
        guard let party = site.configuration.party(drop.party) else {
            throw StageError.unexpected("\(drop.party) is no party")
        }
        self.site = site
        judge = ReportJudge(site: site, party: party)
        note = { index in
            ReportDropNote(
                sha256: read.digest.hex, name: drop.name.text, byteCount: read.byteCount, attested: isAttested,
                index: index)
        }
        guard read.breakage == nil else {
            status = .quarantined
            reason = read.breakage
            return
        }
        for (position, item) in drafts.items.enumerated() {
            do {
                switch item.result {
                case .failure(let error): refuse(position, "\(error.description)", digest: nil)
                case .success(let draft): try take(draft, position: position)
                }
            } catch let refused as ReportJudge.Refused {
                refuse(position, refused.reason, digest: nil)
            }
        }
        if !read.isSingle { describeFiles(drafts, read) }
        settle(drafts, read)
    }

    private mutating func refuse(_ position: Int, _ reason: String, digest: SHA256Digest?) {
        items.append(
            ItemFacts(
                position: position, name: digest?.hex, status: .refused, reason: reason,
                sha256: digest ?? SHA256.digest(of: reason)))
    }

    private mutating func take(_ draft: ReportDraft, position: Int) throws {
        let place = try judge.place(draft.report.exam, purpose: draft.report.purpose)
        let named = draft.predecessors
        let earlier = try predecessor(of: draft, exam: place.exam)
        let draft = earlier.map { draft.inPlace(of: $0) } ?? draft
        let document = ReportDocument(
            draft.report, party: judge.party.id, facility: place.facility, form: draft.form,
            author: try judge.author(draft.report.author), purpose: place.purpose, files: draft.attachments)
        let pack = ReportPack(
            document: try document.bytes, files: draft.files, drop: try note(position).bytes)
        let tar = pack.bytes
        let facts = ReportFacts(
            position: position, party: judge.party.id, digest: pack.digest, content: try document.contentDigest,
            facility: place.facility, accessionNumber: document.accessionNumber ?? "",
            studyInstanceUID: document.studyInstanceUID ?? "", study: place.exam?.study, form: draft.form,
            author: document.author, status: draft.report.status, purpose: place.purpose, text: draft.report.text,
            supersedes: draft.report.supersedes.flatMap { SHA256Digest(hex: $0) }, version: 1,
            state: place.exam == nil ? .waiting : .accepted, reason: nil, files: draft.attachments,
            tier: site.fast.name, byteCount: Int64(tar.count), tarSHA256: SHA256.digest(of: tar))
        let others = try known(facts) + reports.filter { $0.study == facts.study }
        if others.contains(where: { isRepetition(facts, of: $0) }) {
            items.append(
                ItemFacts(
                    position: position, name: facts.digest.hex, status: .duplicate, reason: nil, sha256: facts.digest))
            return
        }
        var decided = facts
        var why = named.isEmpty || earlier != nil ? nil : Self.noPredecessor
        if let exam = place.exam {
            let version = try judge.version(of: facts, among: others)
            decided = facts.decided(.accepted, study: exam.study, version: version, reason: nil)
        } else {
            why = ReportDocument.waitingReason
            decided = facts.decided(.waiting, study: nil, version: 1, reason: why)
        }
        reports.append(decided)
        tars.append((decided.digest, tar))
        items.append(
            ItemFacts(
                position: position, name: decided.digest.hex, status: place.exam == nil ? .waiting : .accepted,
                reason: why, sha256: decided.digest))
    }

    private static let noPredecessor =
        "it says that it takes the place of another document, which is no report of this exam from you: it is one of its own"

    /// The report that a structured report says it takes the place of: of several the newest; nil when there is none.
    private func predecessor(of draft: ReportDraft, exam: ExamRecord?) throws -> ReportFacts? {
        if draft.predecessors.isEmpty { return nil }
        let stored = try exam.map { try site.catalog.reports(ofStudy: $0.study) } ?? site.catalog.waitingReports()
        let archive = try ReportPredecessors(site: site).facts(of: draft.predecessors, among: stored)
        let here = zip(reports, tars).filter { report, tar in
            (exam == nil || report.study == exam?.study)
                && ReportPredecessors.isNamed(draft.predecessors, in: tar.tar, path: tar.digest.hex)
        }.map(\.0)
        return (archive + here).filter { judge.isOwn($0) }.max { $0.version < $1.version }
    }

    /// The reports among which it may be a repetition or a successor.
    private func known(_ facts: ReportFacts) throws -> [ReportFacts] {
        let same = try site.catalog.reports(digest: facts.digest).map(\.facts)
        guard let study = facts.study else { return same }
        return try same.filter { $0.study != study } + site.catalog.reports(ofStudy: study).map(\.facts)
    }

    private func isRepetition(_ facts: ReportFacts, of other: ReportFacts) -> Bool {
        guard other.party == facts.party, [.accepted, .waiting].contains(other.state) else { return false }
        return other.digest == facts.digest
            || (facts.study != nil && other.study == facts.study && other.content == facts.content)
    }

    // MARK: The receipt's files

    private mutating func describeFiles(_ drafts: ReportDrafts, _ read: ReportFiles) {
        var byFile: [String: [ItemFacts]] = [:]
        for (item, facts) in zip(drafts.items, items) { byFile[item.path, default: []].append(facts) }
        let damaged = Dictionary(drafts.damaged.map { ($0.path, $0.reason) }) { first, _ in first }
        let ignored = Dictionary(drafts.ignored.map { ($0.path, $0.reason) }) { first, _ in first }
        for file in read.files {
            let state: (DropOutcome.FileStatus, String?) =
                if let reason = damaged[file.path] {
                    (.damaged, reason)
                } else if let reason = ignored[file.path] {
                    (.ignored, reason)
                } else {
                    Self.status(of: byFile[drafts.attached[file.path] ?? file.path] ?? [])
                }
            files.append(
                DropOutcome.FileFacts(
                    path: file.path, status: state.0, reason: state.1, byteCount: Int64(file.bytes.count),
                    sha256: SHA256.digest(of: file.bytes)))
        }
        for file in read.damaged {
            files.append(DropOutcome.FileFacts(path: file.path, status: .damaged, reason: file.reason))
        }
        for file in read.ignored {
            files.append(DropOutcome.FileFacts(path: file.path, status: .ignored, reason: file.reason))
        }
    }

    private static func status(of items: [ItemFacts]) -> (DropOutcome.FileStatus, String?) {
        if items.contains(where: { [.accepted, .waiting].contains($0.status) }) { return (.stored, nil) }
        if items.contains(where: { $0.status == .duplicate }) { return (.duplicate, nil) }
        return (.refused, items.first?.reason)
    }

    private mutating func settle(_ drafts: ReportDrafts, _ read: ReportFiles) {
        let bad = drafts.damaged + read.damaged
        let states = items.map(\.status)
        let isNew = states.contains { [.accepted, .waiting].contains($0) }
        let isGood = isNew || states.contains(.duplicate)
        let refusals = items.filter { $0.status == .refused }.compactMap(\.reason)
        let faults = bad.map { "\($0.path): \($0.reason)" } + refusals
        if faults.isEmpty, items.isEmpty {
            status = .refused
            reason = "there is no report in it; a report is a JSON file, a DICOM SR or a PDF in a DICOM envelope"
            return
        }
        guard let first = faults.first else {
            status = isNew ? .accepted : .duplicate
            return
        }
        reason =
            faults.count == 1 && items.count + bad.count == 1
            ? first : "\(faults.count) refused or damaged; the first: \(first)"
        status = isGood ? .partial : bad.isEmpty ? .refused : .quarantined
    }
}
