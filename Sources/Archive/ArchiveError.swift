// What can go wrong with packs and tiers.
//
// Each error names the pack or tier, what was found, and what would be right.

package import Files

/// An error of the archive.
package enum ArchiveError: Error, CustomStringConvertible, Sendable {
    /// A tier's folder has no marker file: its disk is not mounted, or it is a new tier.
    case tierNotMounted(name: String, path: String, marker: String)
    /// A pack's bytes are not what its `pack.json` says.
    case damagedPack(path: String, reason: String)
    /// A member's bytes are not what the catalogue says.
    case damagedMember(path: String, member: String, reason: String)
    case system(FilesError)

    package var description: String {
        switch self {
        case .tierNotMounted(let name, let path, let marker):
            "tier '\(name)' at \(path) has no marker file \(marker): mount its disk; work goes on by itself then. "
                + "If the tier was moved on purpose, move the marker with it"
        case .damagedPack(let path, let reason): "\(path): \(reason)"
        case .damagedMember(let path, let member, let reason): "\(path), member \(member): \(reason)"
        case .system(let error): error.description
        }
    }

    /// Whether waiting may mend it without anybody's help.
    package var mayPass: Bool {
        switch self {
        case .tierNotMounted: true
        case .system(let error): error.mayPass
        case .damagedPack, .damagedMember: false
        }
    }

    /// Runs file operations and carries their error as one of the archive.
    static func wrap<Result>(_ body: () throws(FilesError) -> Result) throws(ArchiveError) -> Result {
        do throws(FilesError) { return try body() } catch { throw .system(error) }
    }
}
