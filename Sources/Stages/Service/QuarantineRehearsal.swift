// What would become of a held drop under the rules of today. Reads it as an intake does, and throws the result away.

package import Catalog
internal import Files
internal import Radiology
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
            if let reason = try DropPlaces(site: site).refusal(drop, location) {
                return Outcome(status: DropStatus.refused.rawValue, reason: reason)
            }
            let folder = try site.fast.freshStaging(for: Self.stage, worker: unique)
            return try judge(drop, at: location, staging: folder)
        }
        try StageError.wrap { try site.fast.discardStaging(for: Self.stage, worker: unique) }
        return outcome
    }

    /// By the rules of its kind.
    private func judge(
        _ drop: DropRecord, at location: DropLocation, staging: OpenDirectory
    ) throws -> Outcome {
        switch drop.dropKind {
        case .diagnoses, .requests, .charts:
            return try DocumentIntake(site: site, owner: unique).judge(drop, at: location)
        case .acks: return try AckIntake(site: site, owner: unique).judge(drop, at: location)
        case .reports:
            return try ReportIntake(site: site, owner: unique).judge(drop, at: location, staging: staging)
        case .images:
            let intake = ImagesIntake(
                catalog: site.catalog, layout: site.layout, tier: site.fast, clock: site.clock,
                settings: IntakeSettings(site, party: drop.party))
            return try intake.judge(drop, at: location, staging: staging)
        }
    }
}
