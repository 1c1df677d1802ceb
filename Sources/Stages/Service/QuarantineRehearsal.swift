// What would become of a held drop under the rules of today. Reads it as an intake does, and throws the result away.

package import Catalog
internal import Files
internal import Spool

package struct QuarantineRehearsal {
    private let site: SiteContext
    private let unique: String

    private static let stage = "rehearsal"

    /// - Parameter unique: What no other rehearsal has, such as a UUID.
    package init(site: SiteContext, unique: String) {
        self.site = site
        self.unique = unique
    }

    /// A drop's outcome, had it been taken.
    package struct Outcome: Sendable {
        package let status: String
        package let reason: String?
    }

    package func rehearse(_ drop: DropRecord) throws(StageError) -> Outcome {
        let outcome = try StageError.wrap {
            guard let path = drop.claimPath, let location = try site.layout.claimedLocation(path) else {
                throw StageError.unexpected("\(drop.id) is held, but its content is not in quarantine any more")
            }
            let folder = try site.fast.freshStaging(for: Self.stage, worker: unique)
            let intake = ImagesIntake(
                catalog: site.catalog, layout: site.layout, tier: site.fast, clock: site.clock,
                settings: IntakeSettings(site, party: drop.party))
            return try intake.judge(drop, at: location, staging: folder)
        }
        try StageError.wrap { try site.fast.discardStaging(for: Self.stage, worker: unique) }
        return outcome
    }
}
