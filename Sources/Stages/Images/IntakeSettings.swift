// What the intake of images needs to know of the configuration.

package import Bundles

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
}
