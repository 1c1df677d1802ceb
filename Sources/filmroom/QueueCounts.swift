// How many drops stand where, as `status` and `run` tell it.

import Catalog
import Foundation
import Pipeline
import Stages

/// The drops of a site that are not finished, counted.
struct QueueCounts {
    /// Drops that are seen or claimed, by number.
    let open: [DropRecord]
    let work: [Work]
    let held: Int
    /// Where sources lie that the worker's account could not remove.
    let notRemoved: [String]
    /// Why nothing is taken in; nil when it is.
    let paused: String?
    private let seconds: Int64

    init(_ site: SiteContext) throws {
        open = try site.catalog.openDrops()
        work = try site.catalog.allWork()
        held = try site.catalog.heldDrops().count
        notRemoved = try site.catalog.unremovedDrops().compactMap(\.claimPath)
        paused = try site.intakePause()?.description
        seconds = site.clock.seconds
    }

    var json: [String: Any] {
        let since = open.compactMap { SiteClock.seconds(of: $0.firstSeenAt) }.min()
        return [
            "waiting": open.filter { $0.state == .waiting }.count,
            "claimed": open.filter { $0.state == .claimed }.count,
            "incomplete": open.filter { $0.incompleteAt != nil }.count,
            "held": held,
            "running": work.filter { $0.owner != nil }.count,
            "paused": paused ?? NSNull(),
            "postponed": work.filter { $0.owner == nil && $0.attempt > 0 }.count,
            "oldestWaitingSince": open.map(\.firstSeenAt).min() ?? NSNull(),
            "oldestWaitingSeconds": since.map { max(0, seconds - $0) } ?? NSNull(),
            "notRemoved": notRemoved,
        ]
    }
}
