// Builds one reader's packet of an exam: images, pictures, pixel values, the page, `exam.json`, the form's template.
//
// What all readers of an exam get alike is made once and copied for the others, each copy compared with its digest.
// Invariant: nothing of another reader's opinion gets in, unless the assignment says that its reader sees the reads. The
// same facts give the same bytes.

internal import Bundles
internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Pages
internal import Spool

struct PacketFolder {
    let site: SiteContext
    let assignment: AssignmentRecord

    /// An exam as the packet shows it.
    struct Shown {
        let exam: ExamRecord
        let images: [PlacedImage]
        let viewed: ViewedExam
    }

    /// What the packets of all readers of an exam have alike.
    struct SharedContent {
        let packet: PacketRecord
        let own: Shown
        let priors: [Shown]
        /// A folder that has the files, and their digests.
        let folder: OpenDirectory
        let files: [ChecksumEntry]
    }

    /// - Parameter shared: Of another reader's packet of the same exam; made here when it is nil.
    /// - Returns: The digest by which the packet is acknowledged, and what other packets have alike.
    func publish(
        _ publication: Publication, shared: SharedContent?
    ) throws -> (sha256: SHA256Digest, shared: SharedContent) {
        guard let reading = site.readingProtocol(assignment.protocolID) else {
            throw StageError.unexpected("\(publication.name): its protocol '\(assignment.protocolID)' is not there")
        }
        let folder = try Outbox(layout: site.layout).beginFolder(
            party: publication.party, kind: publication.kind, name: FileName(publication.name))
        if let shared { try folder.copy(shared.files, from: shared.folder) }
        let content = try shared ?? fill(folder, name: publication.name)
        let page = try page(content.own, priors: content.priors, packet: content.packet, reading: reading)
        for file in try page.files() { try folder.add(file.name, file.bytes) }
        let documents = PacketDocuments(
            exam: content.own.exam, packet: content.packet, assignment: assignment, reading: reading)
        try folder.add(
            "exam.json",
            try documents.examJSON(content.own.images, priors: content.priors.map { ($0.exam, $0.images) }))
        try folder.add("diagnosis-template.json", documents.templateJSON())
        return (try folder.finish(), content)
    }

    private func fill(_ folder: OutboundFolder, name: String) throws -> SharedContent {
        guard let exam = try site.catalog.exam(study: assignment.study),
            let packet = try site.catalog.latestPacket(study: assignment.study)
        else { throw StageError.unexpected("\(name): its exam or packet is not there") }
        let own = try show(exam, limit: packet.instanceLimit, in: folder, prefix: "", keyPrefix: "i")
        let priors = try site.catalog.priors(ofPacket: packet.id).enumerated().compactMap { index, prior in
            try site.catalog.exam(study: prior.study).map {
                try show(
                    $0, limit: prior.instanceLimit, in: folder, prefix: "priors/\($0.key)/", keyPrefix: "p\(index + 1)i"
                )
            }
        }
        // Images that were deleted while they were read are not shown as none.
        guard try site.catalog.exam(study: assignment.study) != nil else { throw CatalogError.overtaken }
        return SharedContent(
            packet: packet, own: own, priors: priors, folder: folder.content, files: folder.files)
    }

    private func show(
        _ exam: ExamRecord, limit: Int64, in folder: OutboundFolder, prefix: String, keyPrefix: String
    ) throws -> Shown {
        let images = try ImageFolder(site: site, folder: folder, prefix: prefix, keyPrefix: keyPrefix)
            .fill(try site.catalog.images(study: exam.study, limit: limit))
        let study = try AttributeText(exam.studyAttributes)
        let series = try Self.series(images)
        return Shown(
            exam: exam, images: images,
            viewed: ViewedExam(
                key: exam.key, facility: exam.facility,
                accessionNumber: exam.accessionNumber.isEmpty ? nil : exam.accessionNumber,
                studyInstanceUID: exam.studyInstanceUID, studyDate: DateText.iso(exam.studyDate),
                studyDescription: study["studyDescription"] ?? study["requestedProcedureDescription"],
                series: series))
    }

    /// In the order of the series' numbers.
    private static func series(_ images: [PlacedImage]) throws -> [ViewedSeries] {
        let groups = Dictionary(grouping: images) { $0.stored.seriesInstanceUID }
        let series = try groups.sorted { $0.key < $1.key }.compactMap { uid, images -> ViewedSeries? in
            guard let first = images.first else { return nil }
            let attributes = try AttributeText(first.stored.seriesAttributes)
            return ViewedSeries(
                seriesInstanceUID: uid, number: attributes.integer("seriesNumber"),
                description: attributes["seriesDescription"], modality: attributes["modality"] ?? "",
                bodyPart: attributes["bodyPartExamined"], laterality: attributes["laterality"],
                instances: images.map(\.viewed))
        }
        return series.sorted { ($0.number ?? .max, $0.seriesInstanceUID) < ($1.number ?? .max, $1.seriesInstanceUID) }
    }

    private func page(
        _ own: Shown, priors: [Shown], packet: PacketRecord, reading: ReadingProtocol
    ) throws -> ViewerPage {
        let patient = try AttributeText(own.exam.patientAttributes)
        let reader = site.configuration.reader(assignment.reader, on: site.day(of: assignment.assignedAt))
        return ViewerPage(
            kind: .packet,
            patient: PatientTitle(
                name: patient["patientName"] ?? "", patientID: own.exam.patientID,
                birthDate: patient["patientBirthDate"].map { DateText.iso($0) ?? $0 }, sex: patient["patientSex"]),
            exam: own.viewed, priors: priors.map(\.viewed),
            form: DiagnosisForm(
                reader: assignment.reader, readerName: reader?.name ?? assignment.reader, protocolID: reading.id,
                labels: PacketDocuments.labels(reading), isOrdered: reading.ordered, round: assignment.round,
                rounds: reading.rounds, packetVersion: packet.version, isArbiter: assignment.origin == .arbiter),
            earlierReads: try earlierReads(), isCertifiedDisplay: site.configuration.site.certifiedDisplay)
    }

    /// What others found, for those who may see it; empty for everybody else.
    private func earlierReads() throws -> [EarlierRead] {
        guard assignment.seesReads else { return [] }
        let reads = EffectiveReads.counted(try site.catalog.sealedDiagnoses(study: assignment.study))
        return try reads.filter { $0.facts.reader != assignment.reader }.map { read in
            EarlierRead(
                readerName: site.configuration.readers.first { $0.id == read.facts.reader }?.name ?? read.facts.reader,
                label: read.facts.label ?? "", confidence: read.facts.confidence,
                findings: try FindingsText.findings(of: read.facts.findings).map {
                    EarlierRead.Finding(
                        code: $0.code, laterality: $0.laterality, sopInstanceUID: $0.sopInstanceUID, x: $0.x, y: $0.y,
                        text: $0.text)
                },
                text: read.facts.text, readAt: read.facts.readAt, round: read.facts.round)
        }
    }
}

/// Dates as DICOM has them, for people.
enum DateText {
    /// `YYYY-MM-DD` of `YYYYMMDD`; nil for anything else.
    static func iso(_ date: String) -> String? {
        guard date.utf8.count == 8, date.allSatisfy(\.isASCII), date.allSatisfy(\.isNumber) else { return nil }
        return "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.suffix(2))"
    }
}
