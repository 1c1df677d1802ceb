// `filmroom status`: what waits, runs and is held, and how old the oldest is.

import ArgumentParser
import Catalog
import Foundation
import Pipeline
import Spool
import Stages

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What waits, runs and is held, and how old the oldest is.",
        discussion: """
            A line each: waiting (seen, not whole or not taken yet), claimed (being taken in), running (leased by a worker now), \
            paused (why nothing is taken in), postponed (failed, tried again later), incomplete (its sender was told), held (in \
            quarantine), waitingReads (diagnoses whose exam is not ready), examsOnHold (kept by the office's order), \
            filesToRemove (of deleted exams), notRemoved (stored, but the worker's account may not remove the source), the \
            tiers, what lies in outbound/ and waits to be acknowledged, and the last restore drill. Then what lies in \
            incoming/ and is nobody's, what is still to be published, how far each delivery is, and each drop that waits.
            """)

    @OptionGroup var options: SiteOptions

    func run() throws {
        let site = try options.open()
        let status = try options.orFail { try gather(site) }
        if options.json { return try StandardStreams.printJSON(status) }
        for (key, value) in status.sorted(by: { $0.key < $1.key })
        where !["tiers", "drops", "unknown", "toPublish", "deliveries", "recalls", "outbound", "lastDrill"].contains(
            key)
        {
            let text = (value as? [String])?.joined(separator: ", ") ?? "\(value)"
            StandardStreams.print("\(key)\t\(value is NSNull || text.isEmpty ? "-" : text)")
        }
        for tier in site.tiers {
            StandardStreams.print("tier \(tier.name)\t\(tier.path)\t\(tier.isMounted ? "mounted" : "NOT MOUNTED")")
        }
        for line in StandingText.lines(status) { StandardStreams.print(line) }
        for recall in status["recalls"] as? [[String: Any]] ?? [] {
            StandardStreams.print(
                "recall\t\(recall["exam"] ?? "")\tsince \(recall["since"] ?? "")\texpected \(recall["expectedAt"] ?? "-")\t"
                    + "\(recall["error"] as? String ?? "")")
        }
        for place in status["unknown"] as? [[String: String]] ?? [] {
            StandardStreams.print("unknown\t\(place["path"] ?? "")\t\(place["reason"] ?? "")")
        }
        for place in status["toPublish"] as? [[String: Any]] ?? [] {
            let error = (place["error"] as? String).map { "\t\($0)" } ?? ""
            StandardStreams.print("to publish\t\(place["path"] ?? "")\tsince \(place["since"] ?? "")\(error)")
        }
        for delivery in status["deliveries"] as? [[String: Any]] ?? [] {
            StandardStreams.print(
                "delivery\t\(delivery["path"] ?? "")\t\(delivery["made"] ?? 0) of \(delivery["granted"] ?? 0) exams made, "
                    + "\(delivery["decided"] ?? 0) of \(delivery["exams"] ?? 0) decided, \(delivery["byteCount"] ?? 0) bytes"
            )
        }
        for drop in status["drops"] as? [[String: Any]] ?? [] { StandardStreams.print(line(drop)) }
    }

    private func gather(_ site: SiteContext) throws -> [String: Any] {
        let counts = try QueueCounts(site)
        let sums = Dictionary(uniqueKeysWithValues: try site.catalog.tierSums().map { ($0.tier, $0) })
        let unknown = try UnknownFolders(
            site.layout, parties: site.configuration.parties.map(\.id), kinds: SpoolLayout.dropKinds)
        return counts.json.merging([
            "drops": counts.open.map { drop in describe(drop, counts.work.first { $0.drop == drop.id }) },
            "tiers": site.tiers.map {
                [
                    "name": $0.name, "path": $0.path, "mounted": $0.isMounted,
                    "packs": sums[$0.name]?.packCount ?? 0, "bytes": sums[$0.name]?.byteCount ?? 0,
                ] as [String: Any]
            },
            "examsOnHold": try site.catalog.heldExamCount(),
            "filesToRemove": try site.catalog.pendingRemovalCount(),
            "recalls": try site.catalog.pendingRecalls().map { describe($0, site) },
            "waitingReports": try site.catalog.waitingReports().count,
            "waitingReads": try site.catalog.waitingDiagnoses().count,
            "toPublish": try site.catalog.unpublished().map { describe($0.due, $0.error) },
            "deliveries": try site.catalog.dueDeliveries().map { describe($0) },
            "outbound": try StandingText.outbound(site),
            "lastDrill": try StandingText.lastDrill(site),
            "unknown": unknown.places.map { ["path": $0.path, "reason": $0.reason] },
        ]) { _, own in own }
    }

    private func describe(_ recall: PendingRecall, _ site: SiteContext) -> [String: Any] {
        let expected = SiteClock.seconds(of: recall.askedAt).map {
            site.clock.text($0 + site.configuration.storage.expectedRecallMilliseconds / 1000)
        }
        return [
            "exam": recall.examKey, "since": recall.askedAt, "reason": recall.reason, "attempts": recall.attempt,
            "expectedAt": expected ?? NSNull(), "error": recall.lastError ?? NSNull(),
        ]
    }

    private func describe(_ due: DuePublication, _ error: String?) -> [String: Any] {
        let place = due.publication
        return [
            "path": "\(place.party)/\(place.kind)/\(place.name)", "since": due.askedAt, "attempts": due.attempt,
            "error": error ?? NSNull(),
        ]
    }

    private func describe(_ delivery: DueDelivery) -> [String: Any] {
        [
            "path": "\(delivery.party)/deliveries/\(delivery.name)", "since": delivery.askedAt,
            "exams": delivery.examCount, "decided": delivery.decidedCount, "granted": delivery.grantedCount,
            "made": delivery.madeCount, "byteCount": delivery.byteCount,
        ]
    }

    private func describe(_ drop: DropRecord, _ work: Work?) -> [String: Any] {
        [
            "id": drop.id.description, "party": drop.party, "kind": drop.kind, "name": drop.name.text,
            "state": drop.state.rawValue, "since": drop.firstSeenAt, "reason": drop.reason ?? NSNull(),
            "attempts": work?.attempt ?? 0, "error": work?.lastError ?? NSNull(),
        ]
    }

    private func line(_ drop: [String: Any]) -> String {
        let why = [drop["error"], drop["reason"]].compactMap { $0 as? String }.first ?? ""
        return "\(drop["id"] ?? "")\t\(drop["party"] ?? "")/\(drop["kind"] ?? "")/\(drop["name"] ?? "")\t"
            + "\(drop["state"] ?? "") since \(drop["since"] ?? "")\t\(why)"
    }
}
