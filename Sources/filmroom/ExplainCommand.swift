// `filmroom explain ID`: everything that happened to a drop or an exam, in order.

import ArgumentParser
import Catalog
import Foundation
import Stages

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Everything that happened to a drop or an exam, in order.",
        discussion:
            "ID is a drop (d-000017), an exam's key (northside_A-1001), a receipt's file name or a drop's own name.")

    @OptionGroup var options: SiteOptions
    @Argument(help: "What is to be explained.") var id: String

    func run() throws {
        let site = try options.open()
        let document = try options.orFail { try explain(site.catalog) }
        guard let document else {
            throw CommandFailure.failed(
                "nothing here is called '\(id)'; `filmroom find` and the receipts have the names")
        }
        if options.json { return try StandardStreams.printJSON(document) }
        for line in ExplanationText.lines(document) { StandardStreams.print(line) }
    }

    private func explain(_ catalog: Catalog) throws -> [String: Any]? {
        if let number = DropID(text: id), let drop = try catalog.drop(number) { return try describe(drop, catalog) }
        if let exam = try catalog.exam(key: id) { return try describe(exam, catalog) }
        if let drop = try catalog.drops(named: id).last { return try describe(drop, catalog) }
        return nil
    }

    private func describe(_ drop: DropRecord, _ catalog: Catalog) throws -> [String: Any] {
        var tally: [String: Int] = [:]
        try catalog.forEachFile(of: drop.id) { tally[$0.status, default: 0] += 1 }
        var events: [[String: Any]] = [
            ["at": drop.firstSeenAt, "what": "seen", "detail": "\(drop.party)/\(drop.kind)/\(drop.name.text)"]
        ]
        events += try catalog.events(ofDrop: drop.id).map { try describe($0) }
        return [
            "type": "drop", "id": drop.id.description, "party": drop.party, "kind": drop.kind, "name": drop.name.text,
            "state": drop.state.rawValue, "status": drop.status ?? NSNull(), "reason": drop.reason ?? NSNull(),
            "sha256": drop.sha256?.hex ?? NSNull(), "attested": drop.attested ?? NSNull(),
            "receipt": drop.receipt ?? NSNull(), "receivedAt": drop.receivedAt ?? NSNull(), "files": tally,
            "exams": try catalog.exams(of: drop.id).map(\.key), "events": events,
            "releasedFrom": drop.releasedFrom?.description ?? NSNull(),
        ]
    }

    private func describe(_ exam: ExamRecord, _ catalog: Catalog) throws -> [String: Any] {
        let series = try catalog.series(ofStudy: exam.study)
        return [
            "type": "exam", "id": exam.key, "facility": exam.facility, "patientID": exam.patientID,
            "issuerOfPatientID": exam.issuer, "studyInstanceUID": exam.studyInstanceUID,
            "accessionNumber": exam.accessionNumber, "firstStoredAt": exam.firstStoredAt,
            "lastStoredAt": exam.lastStoredAt, "instanceCount": series.reduce(0) { $0 + $1.instanceCount },
            "modalities": Array(Set(series.map(\.modality))).sorted(),
            "drops": try catalog.drops(ofStudy: exam.study).map(\.description),
            "events": try catalog.events(ofStudy: exam.study).map { try describe($0) },
        ]
    }

    private func describe(_ event: LedgerEvent) throws -> [String: Any] {
        var result: [String: Any] = ["at": event.at, "what": event.kind, "event": event.act]
        if let drop = event.drop { result["drop"] = drop.description }
        if let count = event.instanceCount { result["instanceCount"] = count }
        if let bytes = event.byteCount { result["byteCount"] = bytes }
        if let tier = event.tier { result["tier"] = tier }
        if let detail = event.detail { result["detail"] = detail }
        return result
    }
}
