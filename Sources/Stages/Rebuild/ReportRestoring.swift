// Takes the reports of the archive into a rebuilt catalogue, as far as the old one did not bring them: each by its tar alone.
//
// In the order in which they came, so that a version finds the one that it takes the place of. A report of an exam that is
// here was taken in once, under the rules of its time: it is not judged again. One of no exam waits, as it did.

internal import Archive
internal import Catalog
internal import Files
internal import Pipeline
internal import Radiology
internal import Spool

struct ReportRestoring {
    let catalog: Catalog
    let tiers: [Tier]
    let clock: SiteClock

    /// A report that was found.
    private struct Found {
        let tier: Tier
        let digest: SHA256Digest
        let stamp: PackStamp
        let document: ReportDocument
        let note: ReportDropNote
        let tar: (byteCount: Int, sha256: SHA256Digest)
    }

    /// - Returns: What could not be taken up.
    func run() throws -> [VerificationFinding] {
        var findings: [VerificationFinding] = []
        var groups: [[Found]] = []
        for found in try findAll(&findings) {
            let isSameDrop = groups.last?.first.map { $0.stamp == found.stamp && $0.note.sha256 == found.note.sha256 }
            if isSameDrop == true { groups[groups.count - 1].append(found) } else { groups.append([found]) }
        }
        for group in groups { try restore(group) }
        return findings
    }

    private func findAll(_ findings: inout [VerificationFinding]) throws -> [Found] {
        var all: [Found] = []
        var bad: [VerificationFinding] = []
        var seen: Set<String> = []
        for tier in tiers {
            try tier.forEachEntry { entry in
                guard case .report(let path, let party, let name) = entry, let digest = SHA256Digest(hex: name),
                    try !isKnown(digest, party: party), seen.insert("\(party)/\(name)").inserted
                else { return }
                do {
                    all.append(try read(tier, path, party: party, digest: digest))
                } catch {
                    bad.append(
                        VerificationFinding(
                            exam: nil, path: "\(tier.name)/\(path)", reason: StageError(error).description))
                }
            }
        }
        findings += bad
        return all.sorted {
            ($0.stamp, $0.note.sha256, $0.note.index, $0.digest.hex)
                < ($1.stamp, $1.note.sha256, $1.note.index, $1.digest.hex)
        }
    }

    private func isKnown(_ digest: SHA256Digest, party: String) throws -> Bool {
        try catalog.reports(digest: digest).contains { $0.facts.party == party }
    }

    private func read(_ tier: Tier, _ path: String, party: String, digest: SHA256Digest) throws -> Found {
        let tar = try tier.reportTar(party: party, digest: digest)
        let pack = try ReportPack(tar, path: path)
        guard pack.digest == digest else {
            throw ArchiveError.damagedPack(path: path, reason: "its report.json is not the one that it is named by")
        }
        let document = try ReportDocument.decoded(pack.document)
        for file in document.files {
            guard let member = pack.files.first(where: { $0.name == file.name }),
                SHA256.digest(of: member.bytes).hex == file.sha256
            else { throw ArchiveError.damagedPack(path: path, reason: "\(file.name) is not what came with the report") }
        }
        return Found(
            tier: tier, digest: digest, stamp: PackStamp(modified: Paths.status(tier.path + "/" + path)?.modified ?? 0),
            document: document, note: try ReportDropNote.decoded(pack.drop),
            tar: (tar.count, SHA256.digest(of: tar)))
    }

    private func restore(_ group: [Found]) throws {
        guard let first = group.first, let sha256 = SHA256Digest(hex: first.note.sha256) else { return }
        let at = clock.text(first.stamp.receivedAt)
        let drop = try catalog.restoreReportDrop(
            DropID(first.stamp.dropNumber), party: first.document.party,
            name: FileName(bytes: Array(first.note.name.utf8)) ?? FileName("drop"), sha256: sha256,
            byteCount: first.note.byteCount, attested: first.note.attested, at: at)
        // One after the other: a version may take the place of one of the same drop.
        for found in group {
            if let facts = try facts(found) { try catalog.restore(facts, of: drop, at: at) }
        }
    }

    private func facts(_ found: Found) throws -> ReportFacts? {
        let document = found.document
        guard let status = Report.Status(rawValue: document.status) else { return nil }
        var exam: ExamRecord?
        if case .found(let there) = try ExamLookup(catalog: catalog).find(document.reference) { exam = there }
        let supersedes = document.supersedes.flatMap { SHA256Digest(hex: $0) }
        let earlier = try exam.map { try catalog.reports(ofStudy: $0.study) }?.first { $0.digest == supersedes }
        return ReportFacts(
            position: found.note.index, party: document.party, digest: found.digest,
            content: try document.contentDigest, facility: document.facility,
            accessionNumber: document.accessionNumber ?? "", studyInstanceUID: document.studyInstanceUID ?? "",
            study: exam?.study, form: document.form, author: document.author, status: status,
            purpose: document.purpose, text: document.text, supersedes: supersedes,
            version: (earlier?.facts.version ?? 0) + 1, state: exam == nil ? .waiting : .accepted,
            reason: exam == nil ? ReportDocument.waitingReason : nil, files: document.files, tier: found.tier.name,
            byteCount: Int64(found.tar.byteCount), tarSHA256: found.tar.sha256)
    }
}
