// `filmroom quarantine`: work on held drops.

import ArgumentParser
import Catalog
import Foundation
import Stages

struct QuarantineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: "Look at held drops, try rules over them, take them anew.",
        subcommands: [List.self, Show.self, Release.self, Rehearse.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All held drops, the oldest first.")
        @OptionGroup var options: SiteOptions

        func run() throws {
            let site = try options.open()
            let held = try options.orFail { try site.catalog.heldDrops() }
            if options.json { return try StandardStreams.printJSON(held.map { QuarantineCommand.describe($0) }) }
            for drop in held {
                StandardStreams.print(
                    "\(drop.id)\t\(drop.party)/\(drop.kind)/\(drop.name.text)\t\(drop.status ?? "")\t\(drop.reason ?? "")"
                )
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One held drop: why, and what of it is bad.")
        @OptionGroup var options: SiteOptions
        @Argument(help: "The drop: d-000017.") var drop: String

        func validate() throws { try QuarantineCommand.requireDrop(drop) }

        func run() throws {
            let site = try options.open()
            let record = try QuarantineCommand.held(drop, site)
            var document = QuarantineCommand.describe(record)
            document["files"] = try options.orFail { try QuarantineCommand.files(record, site) }
            document["path"] = record.claimPath.map { "\(site.layout.path)/\($0)" } ?? NSNull()
            if options.json { return try StandardStreams.printJSON(document) }
            for (key, value) in document.sorted(by: { $0.key < $1.key }) where key != "files" && !(value is NSNull) {
                StandardStreams.print("\(key)\t\(value)")
            }
            for file in document["files"] as? [[String: Any]] ?? [] {
                StandardStreams.print("\(file["path"] ?? "")\t\(file["status"] ?? "")\t\(file["reason"] ?? "")")
            }
        }
    }

    struct Release: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a held drop anew, under the rules of today; it gets a receipt of its own.")
        @OptionGroup var options: SiteOptions
        @Argument(help: "The drop: d-000017.") var drop: String

        func validate() throws { try QuarantineCommand.requireDrop(drop) }

        func run() throws {
            let site = try options.open(isWorker: true)
            let record = try QuarantineCommand.held(drop, site)
            let released = try options.orFail {
                try QuarantineRelease(site: site, unique: UUID().uuidString.lowercased()).release(record)
            }
            if options.json { return try StandardStreams.printJSON(QuarantineCommand.describe(released)) }
            StandardStreams.print("\(record.id) was taken anew as \(released.id): \(released.status ?? "not yet")")
        }
    }

    struct Rehearse: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What would become of held drops under the rules of today; touches nothing.")
        @OptionGroup var options: SiteOptions
        @Argument(help: "The drops; all that are held when none is named.") var drops: [String] = []

        func validate() throws { try drops.forEach(QuarantineCommand.requireDrop) }

        func run() throws {
            let site = try options.open()
            let records = try options.orFail {
                drops.isEmpty
                    ? try site.catalog.heldDrops() : try drops.map { try QuarantineCommand.held($0, site) }
            }
            let outcomes = try options.orFail {
                try records.map {
                    ($0, try QuarantineRehearsal(site: site, unique: UUID().uuidString.lowercased()).rehearse($0))
                }
            }
            if options.json {
                return try StandardStreams.printJSON(
                    outcomes.map { record, outcome in
                        QuarantineCommand.describe(record).merging([
                            "wouldBe": outcome.status, "wouldBeReason": outcome.reason ?? NSNull(),
                        ]) { _, new in new }
                    })
            }
            for (record, outcome) in outcomes {
                StandardStreams.print(
                    "\(record.id)\t\(record.status ?? "") → \(outcome.status)\t\(outcome.reason ?? "")")
            }
        }
    }

    static func requireDrop(_ text: String) throws {
        guard DropID(text: text) == nil else { return }
        throw ValidationError("'\(text)' is no drop; drops are like d-000017")
    }

    static func held(_ text: String, _ site: SiteContext) throws -> DropRecord {
        guard let id = DropID(text: text), let record = try site.catalog.drop(id), record.state == .held else {
            throw CommandFailure.failed("\(text) is not in quarantine; `filmroom quarantine list` shows what is")
        }
        return record
    }

    static func describe(_ drop: DropRecord) -> [String: Any] {
        [
            "id": drop.id.description, "party": drop.party, "kind": drop.kind, "name": drop.name.text,
            "status": drop.status ?? NSNull(), "reason": drop.reason ?? NSNull(),
            "sha256": drop.sha256?.hex ?? NSNull(),
            "receivedAt": drop.receivedAt ?? NSNull(), "receipt": drop.receipt ?? NSNull(),
        ]
    }

    static func files(_ drop: DropRecord, _ site: SiteContext) throws -> [[String: Any]] {
        var files: [[String: Any]] = []
        try site.catalog.forEachFile(of: drop.id) { file in
            guard file.status == "damaged" || file.status == "refused" else { return }
            files.append([
                "path": file.path, "status": file.status, "reason": file.reason ?? NSNull(),
                "sopInstanceUID": file.sopInstanceUID ?? NSNull(),
            ])
        }
        return files
    }
}
