// What a thing is, as `explain --json` says it: the head of an explanation.
//
// Pure: rows in, dictionaries of JSON values out.

import Catalog
import Foundation

enum SubjectText {
    static func drop(_ drop: DropRecord) -> [String: Any] {
        [
            "type": "drop", "id": drop.id.description, "party": drop.party, "kind": drop.kind, "name": drop.name.text,
            "state": drop.state.rawValue, "status": drop.status ?? NSNull(), "reason": drop.reason ?? NSNull(),
            "sha256": drop.sha256?.hex ?? NSNull(), "byteCount": drop.byteCount ?? NSNull(),
            "attested": drop.attested ?? NSNull(), "receipt": drop.receipt ?? NSNull(),
            "receivedAt": drop.receivedAt ?? NSNull(), "incompleteAt": drop.incompleteAt ?? NSNull(),
            "releasedFrom": drop.releasedFrom?.description ?? NSNull(),
        ]
    }

    static func exam(_ exam: ExamRecord, series: [SeriesRecord], drops: [DropID]) -> [String: Any] {
        [
            "type": "exam", "id": exam.key, "facility": exam.facility, "patientID": exam.patientID,
            "issuerOfPatientID": exam.issuer, "studyInstanceUID": exam.studyInstanceUID,
            "accessionNumber": exam.accessionNumber, "firstStoredAt": exam.firstStoredAt,
            "lastStoredAt": exam.lastStoredAt, "instanceCount": series.reduce(0) { $0 + $1.instanceCount },
            "byteCount": series.reduce(0) { $0 + $1.byteCount },
            "modalities": Array(Set(series.map(\.modality))).filter { !$0.isEmpty }.sorted(),
            "drops": drops.map(\.description),
        ]
    }

    static func read(_ read: DiagnosisRecord, drops: [DropID]) -> [String: Any] {
        let facts = read.facts
        return [
            "type": "read", "id": facts.digest.hex, "reader": facts.reader, "exam": read.examKey ?? NSNull(),
            "round": facts.round, "packetVersion": facts.packetVersion ?? NSNull(), "label": facts.label ?? NSNull(),
            "readAt": facts.readAt, "status": facts.status.rawValue, "reason": facts.reason ?? NSNull(),
            "retracts": facts.retracts?.hex ?? NSNull(), "blind": facts.wasBlind, "drops": drops.map(\.description),
        ]
    }

    /// - Parameter versions: Its chain, oldest first.
    static func report(_ report: StoredReport, versions: [StoredReport], drops: [DropID]) -> [String: Any] {
        let facts = report.facts
        return [
            "type": "report", "id": facts.digest.hex, "party": facts.party, "author": facts.author,
            "exam": report.examKey ?? NSNull(), "status": facts.status.rawValue, "version": facts.version,
            "state": facts.state.rawValue, "reason": facts.reason ?? NSNull(), "form": facts.form,
            "purpose": facts.purpose ?? NSNull(), "receivedAt": report.receivedAt, "tier": facts.tier,
            "files": facts.files.map(\.name), "drops": drops.map(\.description),
            "versions": versions.map {
                [
                    "version": $0.facts.version, "digest": $0.digest.hex, "status": $0.facts.status.rawValue,
                    "party": $0.facts.party, "drop": $0.drop.description, "receivedAt": $0.receivedAt,
                ] as [String: Any]
            },
        ]
    }

    /// Who was given a report.
    static func copy(_ copy: ReportCopy) -> [String: Any] {
        [
            "party": copy.party, "purpose": copy.purpose, "request": copy.request, "version": copy.version,
            "digest": copy.digest.hex, "since": copy.givenAt,
        ]
    }

    /// - Parameter facility: Whose drop it first came in.
    static func file(_ file: FileSighting, facility: String?, drops: [DropID]) -> [String: Any] {
        [
            "type": file.stored == nil ? "file" : "instance", "id": file.sopInstanceUID ?? file.path,
            "sopInstanceUID": file.sopInstanceUID ?? NSNull(), "sha256": file.sha256?.hex ?? NSNull(),
            "byteCount": file.byteCount ?? NSNull(), "facility": facility ?? NSNull(),
            "exam": file.stored?.examKey ?? file.deletedExam ?? NSNull(), "primary": file.stored?.isPrimary ?? NSNull(),
            "tier": file.stored?.tier ?? NSNull(), "pack": file.stored?.pack.hex ?? NSNull(),
            "drops": drops.map(\.description),
        ]
    }
}
