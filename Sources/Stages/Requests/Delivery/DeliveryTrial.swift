// Delivers one exam and keeps no record of it: for measurements, and for tests of what a delivery holds.
//
// Never part of a site's work: nothing is charged, and nobody can tell afterwards where the exam went.

internal import Access
internal import Catalog
internal import Configuration
internal import Files
internal import Spool

/// A delivery without a request.
package struct DeliveryTrial {
    private let site: SiteContext

    package init(site: SiteContext) {
        self.site = site
    }

    /// What came of it.
    package struct Outcome: Codable, Sendable {
        package struct File: Codable, Sendable {
            package let path: String
            package let sha256: String
            package let byteCount: Int64
            package let sopInstanceUID: String?
            package let sourceSHA256: String?
            package let changed: [String]
        }

        package let files: [File]
        package let leftOut: [String]
        /// Of the stored images that were given, as the last progress said.
        package let imageCount: Int
    }

    /// Delivers to `outbound/<party>/deliveries/<request>`.
    ///
    /// - Parameters:
    ///   - kinds: Codes of modalities; nil for all that the purpose allows.
    ///   - isDICOMDIRWanted: Whether the delivery has a DICOMDIR.
    /// - Throws: `StageError` when the exam is not there, or the purpose does not give it.
    package func deliver(
        exam key: String, to party: String, request: String, purpose: String, kinds: [String]? = nil,
        isDICOMDIRWanted: Bool = false
    ) throws -> Outcome {
        guard let exam = try site.catalog.exam(key: key) else { throw StageError.unexpected("\(key): no such exam") }
        let grant = try grant(exam, party: party, purpose: purpose, kinds: kinds)
        let delivery = DeliveryRequest(
            recipient: party, requestID: request, policyVersion: grant.basis.version,
            formats: Set(site.configuration.facility(party)?.recipientFormats ?? RecipientFormat.allCases),
            releasedAt: site.clock.timestamp, until: nil, secret: try SiteSecret.load(site))
        let folder = try Outbox(layout: site.layout).beginFolder(
            party: party, kind: "deliveries", name: FileName(request))
        let content = try DeliveredExamFolder(
            site: site, request: delivery, exam: exam, instanceLimit: .max, grant: grant, reports: []
        ).fill(folder, prefix: "\(key)/")
        if isDICOMDIRWanted {
            try DeliveryDirectory(folder: folder).write([
                DeliveryDirectory.Exam(prefix: "\(key)/", facility: exam.facility, files: content.files)
            ])
        }
        _ = try folder.finish()
        return Self.outcome(content)
    }

    private func grant(_ exam: ExamRecord, party: String, purpose: String, kinds: [String]?) throws -> Grant {
        guard let entry = site.configuration.parties.first(where: { $0.id == party }) else {
            throw StageError.unexpected("\(party): no such party")
        }
        let images = try HeldImages(site: site).facts(of: try site.catalog.images(study: exam.study, limit: .max))
        let decision = site.configuration.accessPolicy.decide(
            AccessRequest(purpose: purpose, want: WantedRange(kinds: kinds)),
            for: site.configuration.accessParty(entry, on: site.day(of: site.clock.timestamp)),
            exam: HeldExam(facility: exam.facility, patientID: exam.patientID, images: Set(images)))
        switch decision {
        case .grant(let grant): return grant
        case .denial(let denial): throw StageError.unexpected("\(denial.reason.rawValue): \(denial.message)")
        }
    }

    private static func outcome(_ content: DeliveredContent) -> Outcome {
        Outcome(
            files: content.files.map {
                Outcome.File(
                    path: $0.path, sha256: $0.sha256.hex, byteCount: $0.byteCount, sopInstanceUID: $0.sopInstanceUID,
                    sourceSHA256: $0.sourceSHA256?.hex, changed: $0.changed)
            }, leftOut: content.leftOut.map(\.reason),
            imageCount: Set(content.files.compactMap(\.sourceSHA256)).count)
    }
}
