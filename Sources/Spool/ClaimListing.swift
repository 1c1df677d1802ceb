// All claims that lie in a spool, with where each came from: for the start of a service and for `rebuild`.
//
// Reads names and origins only. A claim without a readable origin has no key; a person has to look at it.

internal import Files

/// A claim that was found.
package struct FoundClaim: Sendable {
    package let location: DropLocation
    /// The drop's number, as the claim's name has it.
    package let drop: String
    /// Where it came from; nil when its origin does not say.
    package let key: DropKey?
}

extension SpoolLayout {
    /// The claims in `active/` and `deferred/`, and those that were left in their party's folder.
    package func claims(parties: [String]) throws(SpoolError) -> [FoundClaim] {
        var found: [FoundClaim] = []
        for place in ["active", "deferred"] {
            guard let folder = try openBelow([place]) else { continue }
            let names = try SpoolError.wrap { () throws(FilesError) in try folder.names().sorted() }
            for name in names where !name.startsWithDot {
                let parts = [place, name.text]
                guard let location = try claimedLocation(parts.joined(separator: "/")) else { continue }
                found.append(
                    FoundClaim(
                        location: location, drop: name.text, key: Self.key(location.folder, ClaimPaths.originName)))
            }
        }
        for party in parties {
            for kind in Self.dropKinds { found += try claimsInPlace(party: party, kind: kind) }
        }
        return found
    }

    private func claimsInPlace(party: String, kind: String) throws(SpoolError) -> [FoundClaim] {
        guard let folder = try openIncoming(party: party, kind: kind) else { return [] }
        var found: [FoundClaim] = []
        let names = try SpoolError.wrap { () throws(FilesError) in try folder.names().sorted() }
        for name in names where name.text.hasPrefix(ClaimPaths.privatePrefix) {
            let drop = String(name.text.dropFirst(ClaimPaths.privatePrefix.count))
            guard !drop.contains("."),
                let location = try claimedLocation(ClaimPaths.inPlace(party: party, kind: kind, drop: drop))
            else { continue }
            let key = Self.key(folder, name.appending(ClaimPaths.originSuffix))
            // Its party may write in this folder, and an origin that it made must not name another's.
            found.append(
                FoundClaim(
                    location: location, drop: drop, key: key?.party == party && key?.kind == kind ? key : nil))
        }
        return found
    }

    private static func key(_ folder: OpenDirectory, _ name: FileName) -> DropKey? {
        folder.linkBytes(of: name).flatMap { ClaimPaths.key(ofOrigin: $0) }
    }
}
