// Decides what becomes of one diagnosis: sealed, waiting, a duplicate, replaced or refused, and why.
//
// Reads the catalogue, writes nothing. Invariants: the reader of a read is the party that dropped it; an exam that is not the
// reader's to read gets the same answer as one that is not there.

internal import Catalog
internal import Configuration
internal import Files
internal import Foundation
internal import Interchange
internal import Pipeline
internal import Radiology

struct DiagnosisJudge {
    let site: SiteContext
    /// The party that dropped it.
    let party: String

    /// How far a reader's clock may be ahead of the site's.
    static let clockToleranceSeconds: Int64 = 300

    /// The same for exams that are not there and for those that are others' to read.
    private static let waits = "its exam is not there yet, or not ready for you to read; it is decided when it is"

    private struct Refused: Error {
        let reason: String
    }

    /// - Parameters:
    ///   - diagnosis: As it was read.
    ///   - position: Its place in the drop.
    ///   - earlier: What was decided of those before it in the same drop.
    func judge(_ diagnosis: Diagnosis, position: Int, earlier: [DiagnosisFacts]) throws -> DiagnosisFacts {
        let draft = Draft(diagnosis, party: party, position: position)
        do {
            try requireReader(diagnosis)
            guard let readAt = diagnosis.readAt, let seconds = SiteClock.seconds(of: readAt) else {
                throw Refused(reason: "readAt is missing: say when it was read, as in 2026-11-20T10:15:00+09:00")
            }
            guard seconds <= site.clock.seconds + Self.clockToleranceSeconds else {
                throw Refused(reason: "readAt \(readAt) is in the future: it is \(site.clock.timestamp) now")
            }
            return try judge(draft, diagnosis, earlier: earlier)
        } catch let refused as Refused {
            return draft.facts(.refused, reason: refused.reason)
        }
    }

    /// One that could not be read.
    func refused(position: Int, reason: String) -> DiagnosisFacts {
        Draft(Diagnosis(exam: ExamReference()), party: party, position: position).facts(.refused, reason: reason)
    }

    /// Decides a read that waited, now that its exam may be there.
    func judgeAgain(_ waiting: DiagnosisRecord, exam: ExamRecord) throws -> DiagnosisFacts {
        let draft = try Draft(waiting.facts, party: party)
        do {
            return try judge(draft, on: exam, labels: [waiting.facts.label].compactMap { $0 }, earlier: [])
        } catch let refused as Refused {
            return draft.facts(.refused, reason: refused.reason)
        }
    }

    private func judge(
        _ draft: Draft, _ diagnosis: Diagnosis, earlier: [DiagnosisFacts]
    ) throws -> DiagnosisFacts {
        let lookup = ExamLookup(catalog: site.catalog)
        switch try lookup.find(diagnosis.exam, patientID: diagnosis.patientID) {
        case .found(let exam):
            guard try isAssigned(exam) else { break }
            return try judge(draft, on: exam, labels: labels(of: diagnosis, exam: exam), earlier: earlier)
        case .contradiction(let reason):
            guard try lookup.candidates(diagnosis.exam).contains(where: { try isAssigned($0) }) else { break }
            throw Refused(reason: reason)
        case .ambiguous(let exams):
            let assigned = try exams.filter { try isAssigned($0) }
            guard !assigned.isEmpty else { break }
            let own = assigned.filter { isPlausible($0, diagnosis) }
            guard let exam = own.first, own.count == 1 else {
                throw Refused(reason: "several exams fit; name the facility")
            }
            return try judge(draft, on: exam, labels: labels(of: diagnosis, exam: exam), earlier: earlier)
        case .absent: break
        }
        return try wait(draft, diagnosis, earlier: earlier)
    }

    private func isAssigned(_ exam: ExamRecord) throws -> Bool {
        try site.catalog.assignments(study: exam.study).contains { $0.reader == party }
    }

    /// What becomes of a read of an exam that is not there, or not the reader's to read.
    private func wait(
        _ draft: Draft, _ diagnosis: Diagnosis, earlier: [DiagnosisFacts]
    ) throws -> DiagnosisFacts {
        guard let facility = diagnosis.exam.facility else {
            throw Refused(reason: "no exam of yours fits; name the facility for one that is still to come")
        }
        guard site.configuration.facility(facility) != nil else {
            throw Refused(reason: "'\(facility)' is no facility of this site")
        }
        try requireNotDeleted(diagnosis.exam)
        let label = diagnosis.label ?? diagnosis.labels(by: allCodes).first
        let digest = draft.digest(facility: facility, exam: nil, label: label)
        if try isKnown(digest, earlier) { return draft.facts(.duplicate, digest: digest, reason: nil) }
        return draft.facts(.waiting, digest: digest, label: label, reason: Self.waits)
    }

    /// An exam that the reader had to read and that was deleted is not waited for.
    private func requireNotDeleted(_ reference: ExamReference) throws {
        guard let exam = try ExamLookup(catalog: site.catalog).deleted(reference), let at = exam.deletedAt,
            try isAssigned(exam)
        else { return }
        throw Refused(reason: "\(exam.key) was deleted on \(at.prefix(10)): it is not read any more")
    }

    /// Whether what a document says of the patient fits an exam, which is one of several that its numbers fit.
    private func isPlausible(_ exam: ExamRecord, _ diagnosis: Diagnosis) -> Bool {
        let issuer = diagnosis.issuerOfPatientID ?? ""
        let isIssuer = issuer.isEmpty || site.configuration.facility(exam.facility)?.issuerOfPatientID == issuer
        let patient = diagnosis.patientID ?? ""
        return isIssuer && (patient.isEmpty || patient == exam.patientID)
    }

    /// The codes of all protocols, for a report whose exam is not known yet.
    private var allCodes: [String: [String]] {
        site.configuration.protocols.reduce(into: [:]) { codes, reading in
            codes.merge(reading.srLabels) { $0 + $1 }
        }
    }

    private func labels(of diagnosis: Diagnosis, exam: ExamRecord) throws -> [String] {
        if let label = diagnosis.label { return [label] }
        guard !diagnosis.labelCodes.isEmpty else { return [] }
        let assignment = try site.catalog.assignments(study: exam.study).first
        return diagnosis.labels(by: assignment.flatMap { site.readingProtocol($0.protocolID) }?.srLabels ?? [:])
    }

    private func judge(
        _ draft: Draft, on exam: ExamRecord, labels: [String], earlier: [DiagnosisFacts]
    ) throws -> DiagnosisFacts {
        let label = labels.first
        let digest = draft.digest(facility: exam.facility, exam: exam, label: label)
        if draft.storedDigest == nil, try isKnown(digest, earlier) || hasWaited(draft, digest, exam, label) {
            return draft.facts(.duplicate, digest: digest, exam: exam, reason: nil)
        }
        let packet = try site.catalog.latestPacket(study: exam.study)
        let assignments = try site.catalog.assignments(study: exam.study)
        guard let packet, let any = assignments.first, let reading = site.readingProtocol(any.protocolID) else {
            return draft.facts(.waiting, digest: digest, label: label, reason: Self.waits)
        }
        let own = assignments.filter { $0.reader == draft.reader }
        guard let assignment = own.first(where: { $0.round == draft.round }) else {
            // One that waits, for an exam that is others' to read so far.
            if own.isEmpty { return draft.facts(.waiting, digest: digest, label: label, reason: Self.waits) }
            let rounds = own.map { String($0.round) }.joined(separator: ", ")
            throw Refused(reason: "\(draft.reader) reads this exam in round \(rounds), not \(draft.round)")
        }
        try requireLabel(labels, draft, reading)
        try requireContent(draft, exam: exam, packet: packet)
        let status = try status(draft, exam: exam, earlier: earlier)
        return draft.facts(
            status.0, digest: digest, exam: exam, label: label, reason: status.1,
            wasBlind: reading.blinded && !assignment.seesReads)
    }

    private func requireLabel(_ labels: [String], _ draft: Draft, _ reading: ReadingProtocol) throws {
        guard labels.count <= 1 else {
            throw Refused(reason: "it says several labels: \(labels.joined(separator: ", ")); one is right")
        }
        let allowed = reading.labels + reading.technicalRecall.filter { !reading.labels.contains($0) }
        guard let label = labels.first else {
            if draft.retracts != nil { return }
            throw Refused(reason: "it has no label; protocol \(reading.id) has \(allowed.joined(separator: ", "))")
        }
        guard allowed.contains(label) else {
            throw Refused(
                reason:
                    "label '\(label)' is not of protocol \(reading.id), which has \(allowed.joined(separator: ", "))")
        }
    }

    private func requireContent(_ draft: Draft, exam: ExamRecord, packet: PacketRecord) throws {
        if let version = draft.packetVersion, version > packet.version {
            throw Refused(reason: "packetVersion \(version) was never sent; the newest is \(packet.version)")
        }
        for finding in draft.findings {
            guard let uid = finding.sopInstanceUID else { continue }
            guard try site.catalog.hasInstance(study: exam.study, sopInstanceUID: uid) else {
                throw Refused(reason: "finding on image \(uid), which is not of this exam")
            }
        }
        if let retracts = draft.retracts {
            let own = try site.catalog.sealedDiagnoses(study: exam.study).contains {
                $0.facts.digest == retracts && $0.facts.reader == draft.reader
            }
            guard own else { throw Refused(reason: "retracts \(retracts.hex), which is no read of yours of this exam") }
        }
    }

    /// A read that is older than one that was sealed already is replaced at once.
    private func status(
        _ draft: Draft, exam: ExamRecord, earlier: [DiagnosisFacts]
    ) throws -> (DiagnosisFacts.Status, String?) {
        let own = (try site.catalog.sealedDiagnoses(study: exam.study).map(\.facts) + earlier).filter {
            $0.study == exam.study && $0.reader == draft.reader && [.sealed, .replaced].contains($0.status)
        }
        let withdrawn = Set(own.compactMap(\.retracts))
        let same = own.filter { $0.round == draft.round && $0.label != nil && !withdrawn.contains($0.digest) }
        guard let newest = same.max(by: { $0.readSeconds < $1.readSeconds }) else { return (.sealed, nil) }
        if newest.readSeconds > draft.readSeconds, draft.retracts == nil {
            return (.replaced, "a newer read of \(newest.readAt) is sealed already: \(newest.digest.hex)")
        }
        return (.sealed, draft.retracts == nil ? "replaces \(newest.digest.hex)" : nil)
    }

    private func isKnown(_ digest: SHA256Digest, _ earlier: [DiagnosisFacts]) throws -> Bool {
        let stored = try site.catalog.diagnoses(digest: digest).map(\.facts) + earlier
        return stored.contains { $0.digest == digest && [.sealed, .waiting, .replaced].contains($0.status) }
    }

    /// Whether the same was said before the exam was there: the digest of such a read is of what it said of that.
    private func hasWaited(
        _ draft: Draft, _ digest: SHA256Digest, _ exam: ExamRecord, _ label: String?
    ) throws -> Bool {
        let asSent = draft.digest(facility: draft.reference.facility ?? exam.facility, exam: nil, label: label)
        if try isKnown(asSent, []) { return true }
        return try site.catalog.sealedDiagnoses(study: exam.study).contains { read in
            guard read.facts.reader == party else { return false }
            let stored = try Draft(read.facts, party: party)
            return stored.contentDigest(facility: exam.facility, exam: exam, label: read.facts.label) == digest
        }
    }

    /// The reader whom a diagnosis is of: always the party that dropped it.
    private func requireReader(_ diagnosis: Diagnosis) throws {
        if let reader = diagnosis.reader {
            guard reader == party else { throw Refused(reason: "reader is '\(reader)', and \(party) has dropped it") }
            return
        }
        guard let name = diagnosis.readerPersonName else { return }
        let isOwn =
            name == party
            || site.configuration.readers.contains { $0.id == party && Self.isSame($0.personName ?? "", name) }
        guard isOwn else { throw Refused(reason: "the reader is '\(name)', and \(party) has dropped it") }
    }

    /// Person names are equal when their components are, whatever empty ones follow.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        func parts(_ name: String) -> [String] {
            var parts = name.split(separator: "^", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces).lowercased()
            }
            while parts.last == "" { parts.removeLast() }
            return parts
        }
        return !left.isEmpty && parts(left) == parts(right)
    }
}
