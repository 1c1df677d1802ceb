// A site that is open: its configuration, spool, catalogue, tiers and clock.
//
// Invariants: nothing starts on a configuration with a mistake in it; a tier whose disk is not mounted is never made anew.

package import Archive
package import Catalog
package import Configuration
internal import Files
package import Logging
package import Paper
package import Pipeline
package import Pixels
package import Spool

/// An open site.
package struct SiteContext: Sendable {
    package let root: String
    package let configuration: SiteConfiguration
    package let layout: SpoolLayout
    package let catalog: Catalog
    /// In the configuration's order.
    package let tiers: [Tier]
    package let clock: SiteClock
    package let logger: Logger
    /// The codec processes.
    package let pixels: PixelProcesses
    /// Held while this object lives; nil for what only reads.
    private let lock: SiteLock?

    /// - Parameter lock: What a worker holds.
    /// - Throws: `StageError.unexpected` naming what has to be put right.
    package init(
        root: String, configuration: SiteConfiguration, clock: SiteClock, logger: Logger, lock: SiteLock? = nil
    ) throws(StageError) {
        try self.init(root, configuration, clock, logger, lock) { path in
            try Paths.makeDirectories(Paths.parent(of: path))
            return try Catalog(path: path)
        }
        try StageError.wrap { try catalog.noteZones(configuration.facilityZones) }
        try makeFolders()
        try prepareTiers()
    }

    /// A site that is asked and not worked on: nothing of it is made or changed.
    ///
    /// - Throws: `StageError.unexpected` naming what has to be put right.
    package init(
        reading root: String, configuration: SiteConfiguration, clock: SiteClock, logger: Logger
    ) throws(StageError) {
        try self.init(root, configuration, clock, logger, nil) { try Catalog(reading: $0) }
    }

    private init(
        _ root: String, _ configuration: SiteConfiguration, _ clock: SiteClock, _ logger: Logger, _ lock: SiteLock?,
        open: (String) throws -> Catalog
    ) throws(StageError) {
        self.root = root
        self.configuration = configuration
        self.clock = clock
        self.logger = logger
        self.lock = lock
        pixels = PixelProcesses(
            program: Self.siblingProgram("filmroom-pixels"), count: configuration.pipeline(.images).workers)
        layout = SpoolLayout(path: root + "/spool")
        tiers = Self.tiers(of: configuration, root: root)
        let catalogPath = Self.catalogPath(of: configuration, root: root)
        try LostCatalog.refuse(catalogPath: catalogPath, tiers: tiers)
        catalog = try StageError.wrap { try open(catalogPath) }
    }

    /// The tiers of a configuration.
    package static func tiers(of configuration: SiteConfiguration, root: String) -> [Tier] {
        configuration.storage.tiers.map {
            Tier(
                name: $0.name, path: Paths.resolve($0.path, below: root), form: $0.compress == .zstd ? .zstd : .plain,
                ownMarker: $0.marker)
        }
    }

    /// Where a configuration has the catalogue.
    package static func catalogPath(of configuration: SiteConfiguration, root: String) -> String {
        Paths.resolve(configuration.storage.catalog, below: root)
    }

    /// Makes what is missing of the spool: its own folders, and those of parties that are new.
    package func makeFolders() throws(StageError) {
        try StageError.wrap {
            try layout.make()
            for party in configuration.parties {
                try layout.makeFolders(
                    party: party.id, dropKinds: party.kind.dropKinds.map(\.rawValue),
                    pickupKinds: party.kind.outboundKinds.map(\.rawValue))
            }
        }
    }

    /// The tier that everything is written to first.
    package var fast: Tier {
        guard let tier = tiers.first(where: { $0.name == StorageTier.fastName }) else {
            preconditionFailure("the configuration always has a fast tier")
        }
        return tier
    }

    package func tier(_ name: String) -> Tier? { tiers.first { $0.name == name } }

    /// Why nothing can be taken in at the moment; nil when it can.
    ///
    /// Intake pauses before a claim, so that drops stay with their senders, while the fast tier is not mounted or less
    /// than `minimumFree` is free on its disk.
    package func intakePause() throws(StageError) -> StageError? {
        guard fast.isMounted else {
            return .archive(.tierNotMounted(name: fast.name, path: fast.path, marker: Tier.markerName))
        }
        let space = try StageError.wrap { try Paths.space(at: fast.path) }
        let least = configuration.storage.minimumFree.byteCount(ofDisk: space.total)
        return space.available >= least ? nil : .lowDisk(path: fast.path, free: space.available, least: least)
    }

    /// How what failed is tried again that no drop's own pipeline says.
    var retrySchedule: RetrySchedule {
        let retry = configuration.pipeline(.images).retry
        return RetrySchedule(
            firstMilliseconds: retry.firstMilliseconds, factor: retry.factor.nearestDouble,
            capMilliseconds: retry.capMilliseconds, giveUpAfterMilliseconds: retry.giveUpAfterMilliseconds)
    }

    /// What prints PDF files.
    package static var printer: PaperPrinter { PaperPrinter(program: siblingProgram("filmroom-print")) }

    /// A program of this product: it lies beside the one that runs.
    private static func siblingProgram(_ name: String) -> String {
        Paths.parent(of: Paths.real("/proc/self/exe") ?? "/usr/bin/filmroom") + "/" + name
    }

    /// Marks tiers that were never used; one that was used before must have its marker still.
    private func prepareTiers() throws(StageError) {
        try StageError.wrap {
            for tier in tiers where !tier.isMounted {
                guard tier.hasOwnMarker, try !catalog.isKnownTier(tier.name, path: tier.path) else {
                    logger.warning("tier '\(tier.name)' at \(tier.path) is not mounted; what needs it waits")
                    continue
                }
                try tier.mark()
            }
            for tier in tiers where tier.isMounted {
                guard try !catalog.isKnownTier(tier.name, path: tier.path) else { continue }
                try catalog.noteTier(tier.name, path: tier.path, at: clock.timestamp)
            }
        }
    }
}
