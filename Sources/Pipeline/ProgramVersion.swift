// The programs' version, in one place.

/// The version of the service and of the parties' program, which are built together.
package enum ProgramVersion {
    /// Major, minor, patch: a site of an earlier one is taken up by a later one, never the other way round.
    package static let text = "0.2.0"
}
