// What the intake of images needs to know of the configuration.

package import Bundles
internal import Configuration

/// Settings of the images pipeline for one facility's drop.
package struct IntakeSettings: Sendable {
    /// The facility's IssuerOfPatientID, for files that name none.
    package let defaultIssuer: String
    package let limits: BundleLimits
    /// Threads that hash and identify files.
    package let threads: Int

    package init(defaultIssuer: String, limits: BundleLimits, threads: Int) {
        self.defaultIssuer = defaultIssuer
        self.limits = limits
        self.threads = threads
    }

    /// Threads that hash and identify the files of one drop.
    private static let identifyThreads = 2

    init(_ site: SiteContext, party: String) {
        let limits = site.configuration.pipeline(.images).limits
        self.init(
            defaultIssuer: site.configuration.facility(party)?.issuerOfPatientID ?? "",
            limits: BundleLimits(
                bytes: limits.byteCount, entries: limits.entries, ratio: limits.ratio, depth: limits.depth,
                pathLength: limits.pathLength),
            threads: Self.identifyThreads)
    }
}
