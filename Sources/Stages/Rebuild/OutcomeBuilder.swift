// The outcome of a drop, put together again from its packs.
//
// The exam's key and who was first come from the pack; attributes from the files themselves, scanned again.

internal import Archive
internal import Catalog
internal import DICOM
internal import Files

struct OutcomeBuilder {
    private let catalog: Catalog
    private let party: String
    private var series: [DropOutcome.SeriesFacts] = []
    private var packs: [DropOutcome.PackFacts] = []
    private var instances: [DropOutcome.InstanceFacts] = []
    private var files: [DropOutcome.FileFacts] = []

    init(catalog: Catalog, party: String) {
        self.catalog = catalog
        self.party = party
    }

    mutating func add(_ manifest: PackManifest, tier: Tier, path: String, digest: SHA256Digest) throws {
        let reader = try PackReader(path: tier.path + "/" + path)
        var facts: DropOutcome.SeriesFacts?
        for member in manifest.members {
            guard let image = try scan(reader, member), let sha256 = SHA256Digest(hex: member.sha256) else {
                throw ArchiveError.damagedMember(
                    path: path, member: member.name, reason: "it cannot be read; see `filmroom verify`")
            }
            let row = try facts ?? rows(manifest, image)
            facts = row
            var attributes = image.instanceAttributes
            attributes = try CatalogAttributes.merge(
                attributes, own: image.patientAttributes, row: row.patientAttributes)
            attributes = try CatalogAttributes.merge(attributes, own: image.studyAttributes, row: row.studyAttributes)
            attributes = try CatalogAttributes.merge(attributes, own: image.seriesAttributes, row: row.seriesAttributes)
            instances.append(
                DropOutcome.InstanceFacts(
                    pack: packs.count, sopInstanceUID: member.sopInstanceUID, offset: member.offset,
                    byteCount: member.byteCount, sha256: sha256, conflict: member.conflict, attributes: attributes))
            files.append(
                DropOutcome.FileFacts(
                    path: member.name, status: member.conflict ? .conflict : .stored,
                    instance: .new(instances.count - 1)))
        }
        guard let facts else { return }
        packs.append(
            DropOutcome.PackFacts(
                series: series.count, digest: digest, tier: tier.name,
                byteCount: try reader.byteCount, memberCount: manifest.members.count))
        series.append(facts)
    }

    func outcome(of drop: PackManifest.Drop, sha256: SHA256Digest) -> DropOutcome {
        DropOutcome(
            sha256: sha256, byteCount: drop.byteCount, attested: drop.attested, status: "accepted", reason: nil,
            isHeld: false, series: series, packs: packs, instances: instances, files: files)
    }

    private func scan(_ reader: PackReader, _ member: PackManifest.Member) throws -> ImageIdentity? {
        var scanner = FileScanner()
        var failure: DICOMError?
        try reader.forEachChunk(at: member.offset, count: member.byteCount) { bytes in
            do throws(DICOMError) { if failure == nil { try scanner.consume(bytes) } } catch { failure = error }
        }
        if failure != nil { return nil }
        do { return try ImageIdentity(try scanner.finish()) } catch { return nil }
    }

    /// The rows of a series as they were first stored: those there are already, else this file's.
    private func rows(_ manifest: PackManifest, _ image: ImageIdentity) throws -> DropOutcome.SeriesFacts {
        let known = try catalog.studies(party: party, studyInstanceUID: manifest.studyInstanceUID)
            .first { $0.examKey == manifest.exam }
        let earlier = series.first { $0.examKey == manifest.exam }
        let patient = series.first {
            !$0.patientID.isEmpty && $0.patientID == manifest.patientID && $0.issuer == manifest.issuerOfPatientID
        }
        let stored = try catalog.patientAttributes(
            party: party, patientID: manifest.patientID, issuer: manifest.issuerOfPatientID)
        let storedSeries = try known.flatMap {
            try catalog.seriesAttributes(study: $0.id, seriesInstanceUID: manifest.seriesInstanceUID)
        }
        return DropOutcome.SeriesFacts(
            patientID: manifest.patientID, issuer: manifest.issuerOfPatientID,
            patientAttributes: known?.patientAttributes ?? earlier?.patientAttributes ?? stored
                ?? patient?.patientAttributes ?? image.patientAttributes,
            examKey: manifest.exam, studyInstanceUID: manifest.studyInstanceUID,
            accessionNumber: image.accessionNumber, studyDate: image.studyDate,
            studyAttributes: known?.studyAttributes ?? earlier?.studyAttributes ?? image.studyAttributes,
            seriesInstanceUID: manifest.seriesInstanceUID, modality: image.modality, bodyPart: image.bodyPart,
            seriesAttributes: storedSeries ?? image.seriesAttributes)
    }
}
