// The leases of this process: asks for them, keeps them from running out, knows whose are free because they are dead.

internal import Catalog
internal import Files
internal import Pipeline
internal import Synchronization

final class LeaseKeeper: Sendable {
    let owner: String
    private let identity: WorkerIdentity
    private let dead = Mutex<[String]>([])

    /// How long a lease lasts without being renewed.
    static let leaseMilliseconds: Int64 = 60_000

    init(_ identity: WorkerIdentity) {
        self.identity = identity
        owner = identity.owner
    }

    /// Looks which workers have ended.
    func refresh() throws(FilesError) {
        let owners = try identity.deadOwners()
        dead.withLock { $0 = owners }
    }

    func request() -> LeaseRequest {
        let now = SiteClock.wallMilliseconds
        return LeaseRequest(
            owner: owner, now: now, until: now + Self.leaseMilliseconds, deadOwners: dead.withLock { $0 })
    }

    /// Says that this worker has ended.
    func end() throws(FilesError) { try identity.forget([owner]) }

    func renew(_ catalog: Catalog) throws(CatalogError) {
        try catalog.renewLeases(owner: owner, until: SiteClock.wallMilliseconds + Self.leaseMilliseconds)
    }
}
