// Puts the files of a drop together in their order: what is new goes into packs, what is known is recognised, and
// each gets its line for the receipt.
//
// Invariants: called on one thread at a time, in the drop's order, so that two runs over the same drop make the same
// packs; nothing is committed here. Two files with one SOP Instance UID are one when their bytes are equal, else a
// conflict: both are kept, the first one stays primary.

internal import Archive
internal import Catalog
internal import Files
internal import Radiology

/// The growing outcome of a drop.
final class DropAssembler: @unchecked Sendable {
    private let catalog: Catalog
    private let facility: String
    private let resolver: ExamResolver
    let packs: PackSet
    let generation: Int64

    private(set) var files: [DropOutcome.FileFacts] = []
    private(set) var instances: [DropOutcome.InstanceFacts] = []
    private(set) var tally = FileTally()
    /// Files that begin as DICOM and do not parse to their end: their path and what is wrong.
    private(set) var cut: [(path: String, reason: String)] = []
    /// The first new instance of each UID in this drop, and the others of those that have several.
    private var first: [String: (digest: SHA256Digest, instance: Int)] = [:]
    private var others: [String: [(digest: SHA256Digest, instance: Int)]] = [:]

    init(catalog: Catalog, facility: String, defaultIssuer: String, staging: OpenDirectory) throws(StageError) {
        self.catalog = catalog
        self.facility = facility
        resolver = ExamResolver(catalog: catalog, facility: facility, defaultIssuer: defaultIssuer)
        packs = PackSet(facility: facility, staging: staging)
        generation = try StageError.wrap { try catalog.generation(party: facility) }
    }

    var series: [DropOutcome.SeriesFacts] { resolver.series }

    /// Takes in the files of a batch.
    func take(_ batch: ImageBatch) throws(StageError) {
        let known = try lookUp(batch)
        for file in batch.files {
            guard let verdict = file.verdict else { throw .unexpected("\(file.path) was not identified") }
            switch verdict {
            case .image(let image):
                guard let digest = file.digest else { throw .unexpected("\(file.path) was not hashed") }
                let found = FoundImage(
                    path: file.path, byteCount: Int64(file.byteCount), digest: digest, image: image, note: file.note)
                try take(found, known: known[image.sopInstanceUID] ?? []) { writer, conflict throws(ArchiveError) in
                    try writer.append(
                        file.pieces, sopInstanceUID: image.sopInstanceUID, sha256: digest, conflict: conflict)
                }
            default:
                take(
                    path: file.path, verdict: verdict, note: file.note,
                    byteCount: file.refusal == nil ? Int64(file.byteCount) : nil, digest: file.digest)
            }
        }
    }

    /// An image whose bytes are at hand or already in its pack.
    struct FoundImage {
        let path: String
        let byteCount: Int64
        let digest: SHA256Digest
        let image: ImageIdentity
        let note: String?
    }

    /// Takes in an image.
    ///
    /// - Parameter append: Puts its bytes into the pack; called only when they are new.
    func take(
        _ found: FoundImage, known: [KnownInstance],
        append: (PackWriter, _ conflict: Bool) throws(ArchiveError) -> Int64
    ) throws(StageError) {
        let image = found.image
        let earlier = (first[image.sopInstanceUID].map { [$0] } ?? []) + (others[image.sopInstanceUID] ?? [])
        if let same = known.first(where: { $0.sha256 == found.digest }) {
            return add(found, .duplicate, reason: found.note, instance: .known(same.id))
        }
        if let same = earlier.first(where: { $0.digest == found.digest }) {
            return add(found, .duplicate, reason: found.note, instance: .new(same.instance))
        }
        let conflict = !known.isEmpty || !earlier.isEmpty
        let series = try resolver.resolve(image)
        let writer = try packs.writer(for: series)
        let offset: Int64
        do throws(ArchiveError) { offset = try append(writer, conflict) } catch { throw .archive(error) }
        if earlier.isEmpty {
            first[image.sopInstanceUID] = (found.digest, instances.count)
        } else {
            others[image.sopInstanceUID, default: []].append((found.digest, instances.count))
        }
        instances.append(
            DropOutcome.InstanceFacts(
                pack: packs.position(of: series), sopInstanceUID: image.sopInstanceUID, offset: offset,
                byteCount: found.byteCount, sha256: found.digest, conflict: conflict,
                attributes: try attributes(of: image, in: series.facts)))
        let reasons = [conflict ? Self.conflictReason : nil, series.note, found.note, image.remark]
        add(
            found, conflict ? .conflict : .stored, reason: Self.joined(reasons), instance: .new(instances.count - 1))
    }

    /// Takes in a file that is no image for the archive.
    func take(path: String, verdict: ImageVerdict, note: String?, byteCount: Int64?, digest: SHA256Digest?) {
        switch verdict {
        case .image: preconditionFailure("images are taken in with their bytes")
        case .ignored(let reason):
            tally.ignored += 1
            add(path, .ignored, Self.joined([reason, note]), byteCount, digest, nil)
        case .damaged(let reason, let uid, let isCut):
            tally.damaged += 1
            if isCut { cut.append((path, reason)) }
            add(path, .damaged, Self.joined([reason, note]), byteCount, digest, uid)
        case .refused(let reason):
            tally.refused += 1
            add(path, .refused, Self.joined([reason, note]), byteCount, digest, nil)
        }
    }

    /// The pack that an image's series is written to.
    func pack(for image: ImageIdentity) throws(StageError) -> PackWriter {
        try packs.writer(for: try resolver.resolve(image))
    }

    /// What the catalogue has of an image's UID.
    func known(_ sopInstanceUID: String) throws(StageError) -> [KnownInstance] {
        try StageError.wrap {
            try catalog.instances(party: facility, sopInstanceUIDs: [sopInstanceUID]).first ?? []
        }
    }

    private static let conflictReason =
        "another file with this SOP Instance UID and other bytes is stored; both are kept, the first stays primary"

    private static func joined(_ reasons: [String?]) -> String? {
        let present = reasons.compactMap { $0 }
        return present.isEmpty ? nil : present.joined(separator: "; ")
    }

    private func lookUp(_ batch: ImageBatch) throws(StageError) -> [String: [KnownInstance]] {
        var uids: [String] = []
        for file in batch.files {
            if case .image(let image) = file.verdict { uids.append(image.sopInstanceUID) }
        }
        guard !uids.isEmpty else { return [:] }
        let found = try StageError.wrap { try catalog.instances(party: facility, sopInstanceUIDs: uids) }
        return Dictionary(zip(uids, found)) { first, _ in first }
    }

    private func attributes(of image: ImageIdentity, in series: DropOutcome.SeriesFacts) throws(StageError) -> String {
        var text = image.instanceAttributes
        text = try CatalogAttributes.merge(text, own: image.patientAttributes, row: series.patientAttributes)
        text = try CatalogAttributes.merge(text, own: image.studyAttributes, row: series.studyAttributes)
        return try CatalogAttributes.merge(text, own: image.seriesAttributes, row: series.seriesAttributes)
    }

    private func add(
        _ found: FoundImage, _ status: DropOutcome.FileStatus, reason: String?,
        instance: DropOutcome.FileFacts.Instance
    ) {
        switch status {
        case .stored: tally.stored += 1
        case .conflict: tally.conflict += 1
        default: tally.duplicate += 1
        }
        files.append(
            DropOutcome.FileFacts(path: found.path, status: status, reason: reason, instance: instance))
    }

    private func add(
        _ path: String, _ status: DropOutcome.FileStatus, _ reason: String?, _ byteCount: Int64?,
        _ digest: SHA256Digest?, _ uid: String?
    ) {
        files.append(
            DropOutcome.FileFacts(
                path: path, status: status, reason: reason, byteCount: byteCount, sha256: digest, sopInstanceUID: uid))
    }
}
