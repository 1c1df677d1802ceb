// The leases of this process: asks for them, keeps them from running out, knows whose are free because they are dead.

internal import Catalog
internal import Files
internal import Pipeline
internal import Synchronization

final class LeaseKeeper: Sendable {
    let owner: String
    private let identity: WorkerIdentity
    private let clock: SiteClock
    private let dead = Mutex<[String]>([])

    /// How long a lease lasts without being renewed.
    static let leaseMilliseconds: Int64 = 60_000

    init(_ identity: WorkerIdentity, clock: SiteClock) {
        self.identity = identity
        self.clock = clock
        owner = identity.owner
    }

    /// Looks which workers have ended; forgets those whose work is all taken over.
    ///
    /// - Returns: The workers that live, this one included.
    @discardableResult
    func refresh(_ catalog: Catalog) throws -> Set<String> {
        let others = try identity.others()
        dead.withLock { $0 = others.dead }
        if !others.dead.isEmpty {
            let held = try catalog.leaseOwners()
            try identity.forget(others.dead.filter { !held.contains($0) })
        }
        return Set(others.live)
    }

    func request() -> LeaseRequest {
        let now = SiteClock.wallMilliseconds
        return LeaseRequest(
            owner: owner, now: now, until: now + Self.leaseMilliseconds, policyNow: clock.milliseconds,
            deadOwners: dead.withLock { $0 })
    }

    /// Whether nobody alive works on something.
    func isFree(_ work: Work) -> Bool {
        guard let holder = work.owner else { return true }
        if holder == owner { return false }
        return work.leaseUntil <= SiteClock.wallMilliseconds || dead.withLock { $0.contains(holder) }
    }

    /// Says that this worker has ended.
    func end() throws(FilesError) { try identity.forget([owner]) }

    func renew(_ catalog: Catalog) throws(CatalogError) {
        try catalog.renewLeases(owner: owner, until: SiteClock.wallMilliseconds + Self.leaseMilliseconds)
    }
}
