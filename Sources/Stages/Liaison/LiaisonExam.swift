// One exam in a liaison folder: its images as they were given to the facility, in `exams/<exam key>/`.
//
// Invariants: nothing gets in that the facility was not given, under a right that lasts, nor while the office holds the
// exam; nothing that was given de-identified stands beside a name. What the folder before this one has of the same release
// is taken over.

internal import Access
internal import Bundles
internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Pages
internal import Pipeline
internal import Radiology
internal import Spool

/// What the page shows of an exam.
struct LiaisonExam {
    /// nil where no images are shown.
    let viewed: ViewedExam?
    let note: ChartNote.Exam
}

struct LiaisonExams {
    let site: SiteContext
    let facility: Facility
    /// The row of the patient whose folder it is.
    let patient: Int64
    let folder: OutboundFolder
    /// The folder that lies there already; nil when none does.
    let before: OpenDirectory?

    private static let noteName = "exam.json"
    private static let onHold = "It is on hold: the office keeps it from delivery until it lifts the hold."
    private static let noteByteLimit = 64 << 20

    /// What a folder says of an exam in it, for the next one.
    private struct Kept: Codable {
        let release: String
        let viewed: ViewedExam
        let reports: [ShownReport]
        /// The files and their digests, hex.
        let files: [String: String]
    }

    /// Writes an exam.
    func place(_ exam: ExamRecord) throws -> LiaisonExam {
        guard try !site.catalog.isOnHold(study: exam.study) else {
            return LiaisonExam(viewed: nil, note: try note(exam, missing: Self.onHold))
        }
        let releases = try site.catalog.releases(ofStudy: exam.study, to: facility.id)
            .filter { try $0.lasts(seconds: site.clock.seconds) && !isDeleted($0) }
        guard let release = releases.last(where: { !$0.rights.isDeidentified }) else {
            return LiaisonExam(viewed: nil, note: try note(exam, missing: try missing(exam, releases)))
        }
        if let end = release.untilSeconds { try site.catalog.noteLiaisonEnd(ofPatient: patient, seconds: end) }
        let kept = try takeOver(exam, release) ?? make(exam, release)
        let hasImages = kept.viewed.series.contains { !$0.instances.isEmpty }
        return LiaisonExam(
            viewed: hasImages ? kept.viewed : nil,
            note: try note(exam, missing: hasImages ? nil : "No image of it was given.", kept.reports))
    }

    /// Whether what was given was deleted; the exam may have been stored again since.
    private func isDeleted(_ release: ReleaseRecord) throws -> Bool {
        guard let grant = try site.catalog.grant(release.grant) else { return false }
        return try site.catalog.deletion(of: grant) != nil
    }

    private func prefix(_ exam: ExamRecord) -> String { "exams/\(exam.key)/" }

    /// What an exam's folder is made of: with another release or other reports it is made anew.
    private func name(_ release: ReleaseRecord, of exam: ExamRecord) throws -> String {
        let name = "\(release.request) \(release.version) \(release.releasedAt)"
        guard release.rights.reports else { return name }
        return try site.catalog.reports(ofStudy: exam.study).reduce(name) { "\($0) \($1.digest.short)" }
    }

    // MARK: Without images

    private func missing(_ exam: ExamRecord, _ releases: [ReleaseRecord]) throws -> String {
        if !releases.isEmpty { return "It was given de-identified, which is not shown beside a chart." }
        if let reason = try site.catalog.chartDenial(ofStudy: exam.study) { return "It was not given: \(reason)" }
        if facility.defaultPurpose == nil {
            return "Its images are not here: the facility has no default purpose, so that charts ask for none."
        }
        return "Its images are on their way, or nobody asked for them."
    }

    private func note(
        _ exam: ExamRecord, missing: String?, _ reports: [ShownReport] = []
    ) throws -> ChartNote.Exam {
        let study = try AttributeText(exam.studyAttributes)
        let modalities = Set(try site.catalog.series(ofStudy: exam.study).map(\.modality)).sorted()
        let parts = [
            modalities.joined(separator: " "), study["studyDescription"] ?? "", DateText.iso(exam.studyDate) ?? "",
            exam.accessionNumber,
        ]
        return ChartNote.Exam(
            key: exam.key, title: parts.filter { !$0.isEmpty }.joined(separator: ", "), missing: missing,
            reports: reports)
    }

    // MARK: With images

    /// What the folder before has of the same release; nil when it has none of it, or it is not what it was.
    private func takeOver(_ exam: ExamRecord, _ release: ReleaseRecord) throws -> Kept? {
        let prefix = prefix(exam)
        guard let before, let path = RelativePath(bytes: Array((prefix + Self.noteName).utf8)) else { return nil }
        let folders = ParentFolders(of: before)
        guard try folders.status(of: path)?.kind == .file else { return nil }
        let bytes = try folders.openFile(path).readAll(limit: Self.noteByteLimit)
        let kept: Kept
        do { kept = try JSONDecoder().decode(Kept.self, from: Data(bytes)) } catch { return nil }
        guard kept.release == (try name(release, of: exam)) else { return nil }
        let entries = kept.files.sorted { $0.key < $1.key }.compactMap { file in
            SHA256Digest(hex: file.value).map {
                ChecksumEntry(path: Array((prefix + file.key).utf8), digest: $0.bytes)
            }
        }
        do {
            try folder.copy(entries, from: before)
            try folder.add(prefix + Self.noteName, bytes)
            return kept
        } catch {
            site.logger.notice("\(exam.key): its images in a liaison folder are made anew: \(error)")
            try folder.remove("exams/\(exam.key)")
            return nil
        }
    }

    private func make(_ exam: ExamRecord, _ release: ReleaseRecord) throws -> Kept {
        guard let record = try site.catalog.grant(release.grant),
            let request = try site.catalog.lendingRequest(ofGrant: release.grant)
        else { throw StageError.unexpected("\(exam.key): the grant of a release is not there") }
        let granted = try GrantedExam(record, of: request, catalog: site.catalog)
        let prefix = prefix(exam)
        let content = DeliveredExamFolder(
            site: site,
            request: DeliveryRequest(
                recipient: request.party, requestID: request.name, policyVersion: record.policyVersion,
                formats: Set(facility.recipientFormats), releasedAt: release.releasedAt,
                until: release.untilSeconds.map { site.clock.text($0) }, secret: try SiteSecret.load(site)),
            exam: exam, instanceLimit: record.instanceLimit, grant: granted.grant,
            reports: granted.grant.range.reports ? try DeliveredReport.all(ofStudy: exam.study, site: site) : [],
            pixelKey: "e\(SHA256.digest(of: Array(exam.key.utf8)).short)-")
        let filled = try content.fillWithoutPage(folder, prefix: prefix)
        let kept = Kept(
            release: try name(release, of: exam), viewed: filled.page.exam.moved(to: prefix),
            reports: filled.page.delivery?.reports.map { $0.moved(to: prefix) } ?? [],
            files: Dictionary(filled.files.map { ($0.path, $0.sha256.hex) }) { first, _ in first })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try folder.add(prefix + Self.noteName, Array(try encoder.encode(kept)))
        return kept
    }
}
