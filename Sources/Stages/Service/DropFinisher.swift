// What follows a commit: the receipt is published, then the source is removed or kept in quarantine.
//
// Invariants: repeating it changes nothing; the source goes only after the receipt is out; the work row goes last.

internal import Catalog
internal import Files
internal import Pipeline
internal import Spool

struct DropFinisher {
    let site: SiteContext
    let owner: String

    /// - Parameter identity: What was read; nil after a restart, when it is taken from the drop as it lies there.
    func finish(_ id: DropID, work: Work, identity: SourceIdentity?) throws(StageError) {
        let drop = try StageError.wrap { try site.catalog.drop(id) }
        guard let drop else { throw .unexpected("\(id) is gone from the catalogue") }
        let publisher = ReceiptPublisher(
            catalog: site.catalog, outbox: Outbox(layout: site.layout),
            rate: DailyRate(catalog: site.catalog, configuration: site.configuration))
        try publisher.publish(drop)
        try disposeOfSource(drop, identity: identity)
        try StageError.wrap { try site.catalog.finish(work, owner: owner) }
    }

    private func disposeOfSource(_ drop: DropRecord, identity: SourceIdentity?) throws(StageError) {
        try StageError.wrap {
            guard let path = drop.claimPath, let location = try site.layout.claimedLocation(path) else {
                if drop.state == .done { try removeLeftTrash(drop) }
                return
            }
            let removal = SourceRemoval(claim: Claim(layout: site.layout))
            let key = drop.key
            let read = try identity ?? SourceIdentity(of: location)
            if drop.state == .held {
                if !path.hasPrefix("quarantine/") {
                    noteReturned(drop, try removal.giveBackLate(location, key: key, identity: read))
                }
                try Quarantine(layout: site.layout, catalog: site.catalog).keep(drop, at: location)
                return
            }
            switch try removal.remove(location, key: key, identity: read) {
            case .nothing: try site.catalog.markSource(drop.id, path: nil)
            case .returned(let name):
                try site.catalog.markSource(drop.id, path: nil)
                noteReturned(drop, name)
            case .forbidden(let path):
                try site.catalog.markSource(drop.id, path: String(path.dropFirst(site.layout.path.count + 1)))
                site.logger.warning(
                    "\(drop.id): stored, but \(path) cannot be removed: the worker's account lacks the right")
            }
        }
    }

    private func noteReturned(_ drop: DropRecord, _ name: String?) {
        guard let name else { return }
        site.logger.notice("\(drop.id): files that came later are a new drop, \(drop.party)/\(drop.kind)/\(name)")
    }

    private func removeLeftTrash(_ drop: DropRecord) throws {
        guard let path = drop.claimPath, !path.hasPrefix("incoming/"),
            let folder = try site.layout.openBelow(path.split(separator: "/").map(String.init))
        else { return }
        try SourceRemoval(claim: Claim(layout: site.layout)).removeTrash(in: folder)
        let claimed = DropLocation(
            folder: folder, name: ClaimPaths.contentName, checksum: nil, claimPath: path)
        try Claim(layout: site.layout).removeClaimFolder(claimed)
        try site.catalog.markSource(drop.id, path: nil)
    }
}
