// What happened to entries of charts, and to their links.

import Catalog
import Foundation
import Radiology

extension Story {
    /// An entry is explained by the drops of its versions, and by what it was linked to, when and why.
    mutating func tell(_ versions: [ChartEntryRecord]) throws -> [String: Any] {
        guard let newest = versions.last else { return [:] }
        for version in versions {
            if let drop = try catalog.drop(version.drop) { _ = try tell(.drop(drop)) }
            add(
                "entryNoted", at: version.notedAt, name: "entry \(version.id)",
                ["drop": version.drop.description, "detail": "\(version.entry.name), version \(version.version)"])
            try tell(links: try catalog.chartLinks(ofEntry: version.id))
        }
        let entry = newest.entry
        return [
            "type": "chartEntry", "id": entry.name, "kind": entry.kind.rawValue, "patientID": entry.patient.patientID,
            "facility": try catalog.chartPatient(newest.patient)?.facility ?? NSNull(), "version": newest.version,
            "time": entry.time ?? NSNull(), "title": entry.title ?? NSNull(), "status": entry.status ?? NSNull(),
            "drops": versions.map(\.drop.description),
            "exams": try catalog.chartLinks(ofEntry: newest.id)
                .filter { $0.endedAt == nil && $0.conflict == nil }
                .compactMap { try catalog.exam(study: $0.study)?.key },
        ]
    }

    mutating func tell(links: [ChartLinkRecord]) throws {
        for link in links {
            let exam = try catalog.exam(study: link.study, evenDeleted: true)?.key ?? ""
            let entry = try catalog.chartEntry(link.entry)?.entry.name ?? ""
            let what = "\(entry) and \(exam)"
            let why = "by \(link.basis.rawValue), \(link.certainty.rawValue)"
            add(
                link.conflict == nil ? "linked" : link.isSettled ? "linkSettled" : "linkHeld", at: link.since,
                name: "link \(link.entry) \(link.study) \(link.since) \(link.basis)",
                ["exam": exam, "detail": what + ": " + (link.conflict.map { "the exam is patient \($0)'s" } ?? why)])
            guard let ended = link.endedAt else { continue }
            add(
                "linkEnded", at: ended, name: "link \(link.entry) \(link.study) \(link.since) \(link.basis) ended",
                ["exam": exam, "detail": "\(what): \(link.endedBecause ?? "")"])
        }
    }
}
