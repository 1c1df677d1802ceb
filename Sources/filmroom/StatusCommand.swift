// `filmroom status`: what waits, runs and is held, and how old the oldest is.

import ArgumentParser
import Catalog
import Foundation

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What waits, runs and is held, and how old the oldest is.")

    @OptionGroup var options: SiteOptions

    func run() throws {
        let site = try options.open()
        try options.orFail {
            let open = try site.catalog.openDrops()
            let held = try site.catalog.heldDrops()
            let work = try site.catalog.allWork()
            let status: [String: Any] = [
                "waiting": open.filter { $0.state == .waiting }.count,
                "claimed": open.filter { $0.state == .claimed }.count,
                "incomplete": open.filter { $0.incompleteAt != nil }.count,
                "held": held.count,
                "running": work.filter { $0.owner != nil }.count,
                "postponed": work.filter { $0.owner == nil && $0.attempt > 0 }.count,
                "oldestWaitingSince": open.map(\.firstSeenAt).min() ?? NSNull(),
                "notRemoved": try site.catalog.unremovedDrops().compactMap(\.claimPath),
                "tiers": site.tiers.map {
                    ["name": $0.name, "path": $0.path, "mounted": $0.isMounted] as [String: Any]
                },
            ]
            guard options.json else {
                for (key, value) in status.sorted(by: { $0.key < $1.key }) where key != "tiers" {
                    let text = (value as? [String])?.joined(separator: ", ") ?? "\(value)"
                    StandardStreams.print("\(key)\t\(value is NSNull || text.isEmpty ? "-" : text)")
                }
                return
            }
            try StandardStreams.printJSON(status)
        }
    }
}
