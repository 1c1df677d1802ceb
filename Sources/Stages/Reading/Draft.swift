// A diagnosis on its way to being stored: what is known of it so far, and the digest that seals it.

internal import Catalog
internal import Files
internal import Foundation
internal import Interchange
internal import Pipeline
internal import Radiology

struct Draft {
    let position: Int
    let reader: String
    let reference: ExamReference
    let round: Int
    let packetVersion: Int?
    let confidence: Double?
    let findings: [Finding]
    let text: String?
    let readAt: String
    let readSeconds: Int64
    let retracts: SHA256Digest?
    /// Of one that was stored before; nil for a new one.
    let storedDigest: SHA256Digest?

    private init(
        position: Int, reader: String, reference: ExamReference, round: Int, packetVersion: Int?,
        confidence: Double?, findings: [Finding], text: String?, readAt: String, readSeconds: Int64,
        retracts: SHA256Digest?, storedDigest: SHA256Digest?
    ) {
        self.position = position
        self.reader = reader
        self.reference = reference
        self.round = round
        self.packetVersion = packetVersion
        self.confidence = confidence
        self.findings = findings
        self.text = text
        self.readAt = readAt
        self.readSeconds = readSeconds
        self.retracts = retracts
        self.storedDigest = storedDigest
    }

    init(_ diagnosis: Diagnosis, party: String, position: Int) {
        self.init(
            position: position, reader: party, reference: diagnosis.exam, round: diagnosis.round,
            packetVersion: diagnosis.packetVersion, confidence: diagnosis.confidence, findings: diagnosis.findings,
            text: diagnosis.text, readAt: diagnosis.readAt ?? "",
            readSeconds: diagnosis.readAt.flatMap { SiteClock.seconds(of: $0) } ?? 0,
            retracts: diagnosis.retracts.flatMap { SHA256Digest(hex: $0) }, storedDigest: nil)
    }

    /// One that waited.
    init(_ facts: DiagnosisFacts, party: String) throws {
        self.init(
            position: facts.position, reader: facts.reader,
            reference: ExamReference(
                facility: facts.facility, accessionNumber: facts.accessionNumber.isEmpty ? nil : facts.accessionNumber,
                studyInstanceUID: facts.studyInstanceUID.isEmpty ? nil : facts.studyInstanceUID),
            round: facts.round, packetVersion: facts.packetVersion, confidence: facts.confidence,
            findings: try FindingsText.findings(of: facts.findings), text: facts.text, readAt: facts.readAt,
            readSeconds: facts.readSeconds, retracts: facts.retracts, storedDigest: facts.digest)
    }

    /// SHA-256 of the canonical form. One that waited keeps the digest that its receipt has.
    func digest(facility: String, exam: ExamRecord?, label: String?) -> SHA256Digest {
        if let storedDigest { return storedDigest }
        return contentDigest(facility: facility, exam: exam, label: label)
    }

    /// SHA-256 of the canonical form with what is known of the exam now, whatever was known when it was stored.
    func contentDigest(facility: String, exam: ExamRecord?, label: String?) -> SHA256Digest {
        let read = Diagnosis(
            exam: reference, confidence: confidence, findings: findings, text: text, readAt: readAt, round: round,
            packetVersion: packetVersion, retracts: retracts?.hex)
        let resolved = ExamReference(
            facility: facility, accessionNumber: Self.some(exam?.accessionNumber ?? reference.accessionNumber),
            studyInstanceUID: exam?.studyInstanceUID ?? reference.studyInstanceUID)
        return SHA256.digest(
            of: CanonicalDiagnosis.bytes(of: read, reader: reader, label: label, exam: resolved))
    }

    private static func some(_ text: String?) -> String? { text == "" ? nil : text }

    func facts(
        _ status: DiagnosisFacts.Status, digest: SHA256Digest? = nil, exam: ExamRecord? = nil, label: String? = nil,
        reason: String?, wasBlind: Bool = true
    ) -> DiagnosisFacts {
        DiagnosisFacts(
            position: position, reader: reader, facility: exam?.facility ?? reference.facility ?? "",
            accessionNumber: exam?.accessionNumber ?? reference.accessionNumber ?? "",
            studyInstanceUID: exam?.studyInstanceUID ?? reference.studyInstanceUID ?? "",
            study: status == .refused || status == .waiting ? nil : exam?.study, round: round,
            packetVersion: packetVersion, label: label, confidence: confidence,
            findings: FindingsText.json(of: findings), text: text, readAt: readAt, readSeconds: readSeconds,
            retracts: retracts,
            digest: digest ?? self.digest(facility: reference.facility ?? "", exam: nil, label: label),
            status: status, reason: reason, wasBlind: wasBlind)
    }
}
