// Publishes what is due and nothing else: for commands that determine something and are to show it at once.

package import Catalog
internal import Pipeline

package struct PublicationRun {
    private let site: SiteContext
    private let leases: LeaseKeeper
    private let isMeant: (Publication) -> Bool

    /// - Parameters:
    ///   - unique: What no other worker has, such as a UUID.
    ///   - isMeant: Which publications it works on.
    package init(
        site: SiteContext, unique: String, isMeant: @escaping (Publication) -> Bool = { _ in true }
    ) throws(StageError) {
        self.site = site
        self.isMeant = isMeant
        leases = LeaseKeeper(
            try StageError.wrap { try WorkerIdentity(folder: site.layout.path + "/active", unique: unique) },
            clock: site.clock)
    }

    /// Publishes until nothing is left that may be published now. What fails is tried again later, by whoever works then.
    ///
    /// - Returns: How many failed.
    package func run() throws(StageError) -> Int {
        let worker = PublicationWorker(site: site, leases: leases)
        let heartbeat = Heartbeat(leases: leases, catalog: site.catalog, logger: site.logger)
        var failures = 0
        try StageError.wrap { _ = try leases.refresh(site.catalog) }
        while case let due = try StageError.wrap({ try due() }), !due.isEmpty {
            for publication in due {
                do throws(StageError) { _ = try worker.work(on: publication.id) } catch {
                    failures += 1
                    site.logger.error("\(error.description)")
                }
            }
        }
        heartbeat.stop()
        try StageError.wrap { try leases.end() }
        return failures
    }

    /// Deliveries and liaison pages are for the workers: they may take long.
    private func due() throws -> [DuePublication] {
        try site.catalog.duePublications(leases.request()).filter {
            ![.delivery, .liaison].contains($0.publication.subject) && isMeant($0.publication)
        }
    }
}
