// The program's version, in one place.

enum ProgramVersion {
    /// Major, minor, patch: a site of an earlier one is taken up by a later one, never the other way round.
    static let text = "0.2.0"
}
