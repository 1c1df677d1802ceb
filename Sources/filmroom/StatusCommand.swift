// `filmroom status`: what waits, runs and is held, and how old the oldest is.

import ArgumentParser
import Catalog
import Foundation
import Pipeline
import Stages

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What waits, runs and is held, and how old the oldest is.",
        discussion: """
            A line each: waiting (seen, not whole or not taken yet), claimed (being taken in), running (leased by a worker now), \
            paused (why nothing is taken in), postponed (failed, tried again later), incomplete (its sender was told), held (in quarantine), notRemoved (stored, but the \
            worker's account may not remove the source), and the tiers. Then each drop that waits.
            """)

    @OptionGroup var options: SiteOptions

    func run() throws {
        let site = try options.open()
        let status = try options.orFail { try gather(site) }
        if options.json { return try StandardStreams.printJSON(status) }
        for (key, value) in status.sorted(by: { $0.key < $1.key }) where !["tiers", "drops"].contains(key) {
            let text = (value as? [String])?.joined(separator: ", ") ?? "\(value)"
            StandardStreams.print("\(key)\t\(value is NSNull || text.isEmpty ? "-" : text)")
        }
        for tier in site.tiers {
            StandardStreams.print("tier \(tier.name)\t\(tier.path)\t\(tier.isMounted ? "mounted" : "NOT MOUNTED")")
        }
        for drop in status["drops"] as? [[String: Any]] ?? [] { StandardStreams.print(line(drop)) }
    }

    private func gather(_ site: SiteContext) throws -> [String: Any] {
        let open = try site.catalog.openDrops()
        let work = try site.catalog.allWork()
        let seconds = open.compactMap { SiteClock.seconds(of: $0.firstSeenAt) }.min()
        return [
            "waiting": open.filter { $0.state == .waiting }.count,
            "claimed": open.filter { $0.state == .claimed }.count,
            "incomplete": open.filter { $0.incompleteAt != nil }.count,
            "held": try site.catalog.heldDrops().count,
            "running": work.filter { $0.owner != nil }.count,
            "paused": try site.intakePause()?.description ?? NSNull(),
            "postponed": work.filter { $0.owner == nil && $0.attempt > 0 }.count,
            "oldestWaitingSince": open.map(\.firstSeenAt).min() ?? NSNull(),
            "oldestWaitingSeconds": seconds.map { max(0, site.clock.seconds - $0) } ?? NSNull(),
            "notRemoved": try site.catalog.unremovedDrops().compactMap(\.claimPath),
            "drops": open.map { drop in describe(drop, work.first { $0.drop == drop.id }) },
            "tiers": site.tiers.map {
                ["name": $0.name, "path": $0.path, "mounted": $0.isMounted] as [String: Any]
            },
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
