// Keeps a worker's leases from running out while it works: renews them on a thread of its own.
//
// A renewal that fails is tried again at the next beat; when none gets through for as long as a lease lasts, another worker
// takes the work over, and the commit of this one is refused.

internal import Catalog
internal import Foundation
internal import Logging
internal import Pipeline

final class Heartbeat: @unchecked Sendable {
    private let leases: LeaseKeeper
    private let catalog: Catalog
    private let logger: Logger
    private let condition = NSCondition()
    private var isStopped = false
    private var thread: JoinedThread?

    private static let seconds = 10.0

    init(leases: LeaseKeeper, catalog: Catalog, logger: Logger) {
        self.leases = leases
        self.catalog = catalog
        self.logger = logger
        thread = JoinedThread(stackByteCount: 1 << 20) { self.loop() }
    }

    /// Ends it, and waits for a renewal that is under way.
    func stop() {
        condition.lock()
        isStopped = true
        condition.broadcast()
        condition.unlock()
        thread?.join()
    }

    private func loop() {
        condition.lock()
        defer { condition.unlock() }
        while !isStopped {
            let limit = Date(timeIntervalSinceNow: Self.seconds)
            while !isStopped, condition.wait(until: limit) {}
            if isStopped { return }
            condition.unlock()
            do throws(CatalogError) { try leases.renew(catalog) } catch {
                logger.warning("leases are not renewed: \(error.description)")
            }
            condition.lock()
        }
    }
}
