// What is done about a drop that is not whole: it is left where it is, and its sender is told when it has waited too long.

internal import Catalog
internal import Configuration
internal import Pipeline
internal import Spool

struct Holding {
    let site: SiteContext

    /// Whether a drop has been unchanged for so long that its sender is told.
    func isOverdue(_ drop: DropRecord) -> Bool {
        let held = site.pipeline(of: drop).holdIncompleteAfterMilliseconds / 1000
        guard let since = SiteClock.seconds(of: drop.changedAt) else { return false }
        return site.clock.seconds - since >= held
    }

    /// - Parameter release: Gives the lease back.
    func wait(
        _ drop: DropRecord, missing: [MissingPiece], reason: String, byteCount: Int64, isAttested: Bool,
        release: () throws(StageError) -> Void
    ) throws(StageError) -> DropLook {
        if isOverdue(drop), drop.incompleteAt == nil || drop.reason != reason {
            let at = site.clock.timestamp
            let publisher = ReceiptPublisher(
                catalog: site.catalog, outbox: Outbox(layout: site.layout),
                rate: DailyRate(catalog: site.catalog, configuration: site.configuration))
            try publisher.publishIncomplete(
                drop, byteCount: byteCount, attested: isAttested, missing: missing.map(\.path), reason: reason, at: at)
            try StageError.wrap { try site.catalog.markIncomplete(drop.id, at: at, reason: reason) }
            site.logger.notice("\(drop.id) \(drop.party)/\(drop.kind)/\(drop.name.text): incomplete: \(reason)")
        }
        try release()
        return .waiting
    }
}
