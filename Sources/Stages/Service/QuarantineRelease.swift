// Takes a held drop anew: under the rules of today, as a drop of its own that says where it came from.

package import Catalog
internal import Files
internal import Pipeline
internal import Spool

package struct QuarantineRelease {
    private let site: SiteContext
    private let leases: LeaseKeeper

    package init(site: SiteContext, unique: String) throws(StageError) {
        self.site = site
        leases = LeaseKeeper(
            try StageError.wrap { try WorkerIdentity(folder: site.layout.path + "/active", unique: unique) },
            clock: site.clock)
    }

    /// - Returns: The new drop, after it was taken.
    package func release(_ drop: DropRecord) throws(StageError) -> DropRecord {
        let released = try StageError.wrap {
            guard let path = drop.claimPath, try site.layout.claimedLocation(path) != nil else {
                throw StageError.unexpected("\(drop.id) is held, but its content is not in quarantine any more")
            }
            let id = try site.catalog.release(drop.id, claimPath: path, at: site.clock.timestamp)
            guard let record = try site.catalog.drop(id) else { throw StageError.unexpected("\(id) is not there") }
            return record
        }
        _ = try DropWorker(site: site, leases: leases).look(at: released, isSettled: true)
        return try StageError.wrap {
            try leases.end()
            guard let record = try site.catalog.drop(released.id) else {
                throw StageError.unexpected("\(released.id) is not there")
            }
            return record
        }
    }
}
