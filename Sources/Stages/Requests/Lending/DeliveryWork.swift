// The making of one delivery, step by step: decisions that are still open, the folder of each exam, the papers.
//
// Invariants: an exam's release is noted before anything of it appears; the whole is durable before it appears; what a
// killed worker has made, or a power cut has left, is kept where its bytes are those of the release, and made again
// otherwise. An exam that cannot be given costs no
// other one. Used by one thread at a time, whoever has the lease.

internal import Access
internal import Bundles
internal import Catalog
internal import Configuration
internal import Files
internal import Pipeline
internal import Spool

final class DeliveryWork: @unchecked Sendable {
    private let site: SiteContext
    private let leases: LeaseKeeper
    private let request: LendingRequest
    private let folder: OutboundFolder
    /// Grants that nothing was made of yet, the next one last; nil before all is decided.
    private var pending: [GrantRecord]?
    private var given: [Int: DeliveryDocuments.Given] = [:]
    private var failed: [Int: String] = [:]

    /// Exams that are decided in one transaction.
    private static let batch = 100

    init(site: SiteContext, leases: LeaseKeeper, request: LendingRequest) throws {
        self.site = site
        self.leases = leases
        self.request = request
        // An archive is packed from a folder that never appears itself.
        let name = request.format == "folder" ? request.deliveryName : request.deliveryName + ".work"
        folder = try Outbox(layout: site.layout).resumeFolder(
            party: request.party, kind: OutboundKind.deliveries.rawValue, name: FileName(name))
        try folder.removeOwnFiles()
        try folder.remove(DeliveryDirectory.folderName)
    }

    /// Why exams are missing from it; nil when none is.
    var failure: String? {
        guard let first = failed.min(by: { $0.key < $1.key }) else { return nil }
        return "\(failed.count) of \(request.examCount) exams cannot be given yet; the first: \(first.value)"
    }

    /// Does a part of it.
    ///
    /// - Returns: Whether more is left, besides finishing.
    func step() throws -> Bool {
        if pending == nil {
            if try decideSome() { return true }
            pending = try site.catalog.grants(ofRequest: request.id).reversed()
        }
        guard let next = pending?.popLast() else { return false }
        try make(next)
        return true
    }

    // MARK: Decisions

    /// - Returns: Whether something was left to decide.
    private func decideSome() throws -> Bool {
        let open = try site.catalog.undecidedExams(ofRequest: request.id, limit: Self.batch)
        guard !open.isEmpty else { return false }
        let decided = try decider().decide(open)
        try site.catalog.decide(decided.decisions, of: request, given: decided.given, at: site.clock.timestamp)
        return true
    }

    private func decider() throws -> LendingDecider {
        guard let party = site.configuration.party(request.party) else {
            throw StageError.unexpected("\(request.party) is no party any more; its request \(request.name) waits")
        }
        let want = try StoredJSON.value(StoredWish.self, of: request.want).wish
        let access = AccessRequest(
            purpose: request.purpose, want: want, prefer: request.prefer == "refuse" ? .refuse : .reduce)
        return LendingDecider(site: site, party: party, request: access)
    }

    // MARK: Exams

    private func make(_ record: GrantRecord) throws {
        do {
            let granted = try GrantedExam(record, of: request, catalog: site.catalog)
            given[record.position] = try kept(granted) ?? madeUnlessDeleted(granted)
        } catch let unpriced as DeliveryFee.Unpriced {
            failed[record.position] = unpriced.reason
        } catch {
            let error = StageError(error)
            if error.mayPass { throw error }
            failed[record.position] = error.description
        }
    }

    /// - Returns: nil when the exam was deleted before it was given, which is noted as a denial.
    private func madeUnlessDeleted(_ granted: GrantedExam) throws -> DeliveryDocuments.Given? {
        guard try !denyDeleted(granted) else { return nil }
        do { return try made(granted) } catch {
            // Its images may have gone while they were read.
            guard try denyDeleted(granted) else { throw error }
            try folder.remove(granted.exam.key)
            return nil
        }
    }

    private func denyDeleted(_ granted: GrantedExam) throws -> Bool {
        guard let deletion = try site.catalog.deletion(of: granted.record) else { return false }
        let denial = try decider().denial(
            of: RequestedExam(position: granted.record.position, key: granted.exam.key, study: granted.exam.study),
            deletedAt: deletion.deletedAt)
        try site.catalog.decide([denial], of: request, given: nil, at: site.clock.timestamp)
        return true
    }

    /// The exam's reports. What they say names patients, so none goes along with what is de-identified.
    private func reports(_ granted: GrantedExam) throws -> [DeliveredReport] {
        guard granted.grant.range.reports, !granted.grant.range.deidentified else { return [] }
        return try DeliveredReport.all(ofStudy: granted.exam.study, site: site)
    }

    /// What was made of an exam before, if it lies there still as it was released.
    private func kept(_ granted: GrantedExam) throws -> DeliveryDocuments.Given? {
        guard let release = try site.catalog.latestRelease(ofGrant: granted.record.id) else { return nil }
        let files = try site.catalog.files(ofRelease: release.id)
        let key = granted.exam.key
        try folder.remove("\(key)/\(Self.releaseName)")
        let entries = files.map { ChecksumEntry(path: Array("\(key)/\($0.path)".utf8), digest: $0.sha256.bytes) }
        guard try folder.adopt(entries) else { return nil }
        return try finish(granted, release, files)
    }

    private func made(_ granted: GrantedExam) throws -> DeliveryDocuments.Given {
        let key = granted.exam.key
        try folder.remove(key)
        try recall(granted.exam)
        let before = try site.catalog.latestRelease(ofGrant: granted.record.id)
        let at = before?.releasedAt ?? site.clock.timestamp
        // What nobody may be charged for is not made first.
        let usage = before == nil ? try DeliveryFee(site: site, request: request).usage(of: granted, at: at) : nil
        let reports = try reports(granted)
        let content = try DeliveredExamFolder(
            site: site, request: try DeliveryRequest(granted, of: request, at: at, site: site), exam: granted.exam,
            instanceLimit: granted.record.instanceLimit, grant: granted.grant, reports: reports
        ).fill(folder, prefix: "\(key)/")
        let files = content.files.map { ReleaseFile($0) }
        let release = try site.catalog.release(
            granted.record, of: request, rights: granted.rights, files: files,
            leftOut: try StoredJSON.text(content.leftOut.map { StoredLeftOut($0) }), reports: reports.map(\.id),
            usage: usage, at: at)
        return try finish(granted, release, files)
    }

    /// Writes what the release says beside what was released.
    private func finish(
        _ granted: GrantedExam, _ release: ReleaseRecord, _ files: [ReleaseFile]
    ) throws -> DeliveryDocuments.Given {
        let given = DeliveryDocuments.Given(
            granted: granted, release: release, files: files,
            leftOut: try StoredJSON.value([StoredLeftOut].self, of: release.leftOut))
        try folder.add("\(granted.exam.key)/\(Self.releaseName)", documents.release(given))
        return given
    }

    private static let releaseName = "release.json"

    /// Where the site does not serve from slow tiers, brings the exam back.
    private func recall(_ exam: ExamRecord) throws {
        guard !site.configuration.storage.serveFromSlow else { return }
        try RecallWorker(site: site, leases: leases).bringBack(
            study: exam.study, key: exam.key, reason: "for a delivery")
    }

    private var documents: DeliveryDocuments {
        DeliveryDocuments(
            request: request, time: { [clock = site.clock] in clock.text($0) },
            ownIssuer: { [site] in site.configuration.facility($0)?.issuerOfPatientID })
    }

    // MARK: The whole

    /// Writes the papers and lets the delivery appear.
    ///
    /// - Returns: The digest by which it is acknowledged.
    func finish() throws -> SHA256Digest {
        try folder.removeOthers()
        let exams = try site.catalog.requestedExams(ofRequest: request.id)
        let denials = Dictionary(
            try site.catalog.denials(ofRequest: request.id).map { ($0.position, $0) },
            uniquingKeysWith: { first, _ in first })
        var lines: [DeliverySummary.Line] = []
        for exam in exams {
            if let given = given[exam.position] {
                lines.append(DeliverySummary.Line(key: exam.key, outcome: .given(given)))
            } else if let denial = denials[exam.position] {
                try folder.add("\(exam.key).denial.json", try documents.denial(denial, of: exam, own: try own(exam)))
                lines.append(DeliverySummary.Line(key: exam.key, outcome: .denied(denial)))
            } else {
                let reason = failed[exam.position] ?? "it is tried again later"
                lines.append(DeliverySummary.Line(key: exam.key, outcome: .failed(reason)))
            }
        }
        try folder.add("summary.json", DeliverySummary(request: request).json(lines))
        if request.wantsDICOMDIR {
            try DeliveryDirectory(folder: folder).write(
                given.sorted { $0.key < $1.key }.map {
                    DeliveryDirectory.Exam(
                        prefix: "\($0.value.granted.exam.key)/", facility: $0.value.granted.exam.facility,
                        files: $0.value.files.map { ReleasedFile($0) })
                })
        }
        return try appear()
    }

    /// An exam of the party that asked; nil for one that is not there, or another's.
    private func own(_ exam: RequestedExam) throws -> ExamRecord? {
        guard let study = exam.study, let record = try site.catalog.exam(study: study) else { return nil }
        return record.facility == request.party ? record : nil
    }

    private func appear() throws -> SHA256Digest {
        if request.format == "folder" { return try folder.finish() }
        let file = try Outbox(layout: site.layout).begin(
            party: request.party, kind: OutboundKind.deliveries.rawValue, name: FileName(request.deliveryName))
        try DeliveryArchive(folder: folder).write(as: request.format, to: file)
        let digest = try file.finish()
        try folder.discard()
        return digest
    }
}

extension DeliveryRequest {
    /// - Parameter at: When the right began.
    init(_ granted: GrantedExam, of request: LendingRequest, at: String, site: SiteContext) throws {
        let until = granted.grant.ends(releasedAt: (SiteClock.seconds(of: at) ?? 0) * 1000)
        self.init(
            recipient: request.party, requestID: request.name, policyVersion: granted.record.policyVersion,
            formats: Set(site.configuration.facility(request.party)?.recipientFormats ?? RecipientFormat.allCases),
            releasedAt: at, until: until.map { site.clock.text($0 / 1000) }, secret: try SiteSecret.load(site))
    }
}

extension ReleaseFile {
    init(_ file: ReleasedFile) {
        self.init(
            path: file.path, sha256: file.sha256, byteCount: file.byteCount, sopInstanceUID: file.sopInstanceUID,
            sourceSHA256: file.sourceSHA256, changed: file.changed)
    }
}

extension ReleasedFile {
    init(_ file: ReleaseFile) {
        self.init(
            path: file.path, sha256: file.sha256, byteCount: file.byteCount, sopInstanceUID: file.sopInstanceUID,
            sourceSHA256: file.sourceSHA256, changed: file.changed)
    }
}

extension StoredLeftOut {
    init(_ image: LeftOutImage) {
        self.init(sopInstanceUID: image.sopInstanceUID, reason: image.reason)
    }
}
