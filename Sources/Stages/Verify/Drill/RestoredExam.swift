// Restores one exam from the archive into a folder, as a delivery at full density does, and compares what lies there then:
// every byte with the digest of its receipt, and what each file says of itself with the catalogue.
//
// What cannot be read is a finding; what cannot be written stops the drill. Memory: one buffer and a file's attributes.

internal import Archive
internal import Catalog
internal import DICOM
internal import Files
internal import Viewing

struct RestoredExam {
    let site: SiteContext
    /// The exam's folder; it is there, and empty.
    let folder: String
    let onByteCount: (Int64) -> Void

    private(set) var instanceCount = 0
    private(set) var reportCount = 0
    private(set) var byteCount: Int64 = 0
    private(set) var findings: [VerificationFinding] = []

    /// Larger files whose attributes do not stand at their start are compared by their bytes alone.
    private static let documentByteLimit: Int64 = 64 << 20

    init(site: SiteContext, folder: String, onByteCount: @escaping (Int64) -> Void) {
        self.site = site
        self.folder = folder
        self.onByteCount = onByteCount
    }

    mutating func restore(_ exam: DrillCandidate) throws {
        let verification = ArchiveVerification(site: site, onByteCount: onByteCount)
        for pack in try site.catalog.drilledPacks(ofStudy: exam.study) {
            findings += try verification.findings(of: pack)
        }
        let images = try site.catalog.images(study: exam.study, limit: .max)
        if images.isEmpty {
            findings.append(
                VerificationFinding(exam: exam.examKey, path: nil, reason: "the catalogue has no image of it"))
        }
        let packs = PackPlace(site: site)
        var closed: Set<SHA256Digest> = []
        for (number, image) in images.enumerated() where !closed.contains(image.packDigest) {
            let reader: PackReader
            do { reader = try packs.reader(of: image) } catch {
                closed.insert(image.packDigest)
                let count = images.filter { $0.packDigest == image.packDigest }.count
                try note("\(count) images cannot be restored", error, exam)
                continue
            }
            try restore(image, to: "\(folder)/images/\(number + 1).dcm", from: reader, exam)
        }
        try restoreReports(exam)
    }

    private mutating func restore(
        _ image: StoredImage, to path: String, from reader: PackReader, _ exam: DrillCandidate
    ) throws {
        do { _ = try StoredCopy(image, from: reader).write(to: try OpenFile.create(path)) } catch {
            return try note(image.sopInstanceUID, error, exam)
        }
        instanceCount += 1
        byteCount += image.byteCount
        onByteCount(image.byteCount)
        for reason in try differences(of: path, from: image) {
            findings.append(
                VerificationFinding(exam: exam.examKey, path: nil, reason: "\(image.sopInstanceUID): \(reason)"))
        }
    }

    /// What a restored file is otherwise than the catalogue says.
    private func differences(of path: String, from image: StoredImage) throws -> [String] {
        let file = try OpenFile.read(path)
        let size = try file.status().byteCount
        let hash = SHA256()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        while case let count = try file.read(into: buffer), count > 0 {
            hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
        guard size == image.byteCount, hash.finish() == image.sha256 else {
            return ["what was restored is not what was stored"]
        }
        guard let header = try FileHeader.file(path)?.dataSet else {
            return size <= Self.documentByteLimit ? ["what was restored is no DICOM file"] : []
        }
        let identity: [(String, Tag, String)] = [
            ("SOPInstanceUID", .sopInstanceUID, image.sopInstanceUID),
            ("SeriesInstanceUID", .seriesInstanceUID, image.seriesInstanceUID),
            ("StudyInstanceUID", .studyInstanceUID, image.studyInstanceUID),
        ]
        return identity.compactMap { keyword, tag, known in
            let own = header.text(tag) ?? ""
            return own == known ? nil : "its \(keyword) is '\(own)', the catalogue has '\(known)'"
        }
    }

    private mutating func restoreReports(_ exam: DrillCandidate) throws {
        for stored in try site.catalog.reports(ofStudy: exam.study) {
            do {
                guard try ReportStore(site: site).open(stored).digest != stored.digest else { continue }
                throw StageError.unexpected("its report.json is not the one that it is named by")
            } catch { try note("report \(stored.digest.hex)", error, exam) }
        }
        for report in try DeliveredReport.all(ofStudy: exam.study, site: site) {
            reportCount += 1
            for file in report.files {
                let bytes: [UInt8]
                do { bytes = try file.bytes() } catch {
                    try note(file.name, error, exam)
                    continue
                }
                try Paths.write(bytes, to: "\(folder)/reports/\(file.name)")
                guard try Paths.read("\(folder)/reports/\(file.name)", limit: bytes.count + 1) == bytes else {
                    findings.append(
                        VerificationFinding(
                            exam: exam.examKey, path: nil,
                            reason: "\(file.name): what was restored is not what was stored"))
                    continue
                }
                byteCount += Int64(bytes.count)
                onByteCount(Int64(bytes.count))
            }
        }
    }

    /// Notes what the archive does not give.
    ///
    /// - Throws: What is not the archive's fault: no space to restore to, a locked catalogue.
    private mutating func note(_ what: String, _ error: any Error, _ exam: DrillCandidate) throws {
        let stage = StageError(error)
        switch stage {
        case .archive, .unexpected:
            findings.append(
                VerificationFinding(exam: exam.examKey, path: nil, reason: "\(what): \(stage.description)"))
        default: throw error
        }
    }
}
