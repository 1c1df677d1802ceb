// Where a drop's bytes are at the moment: in the party's folder, claimed, or in quarantine.
//
// A location is a folder that is open and two names in it. What the worker may not move out of a party's folder is
// renamed there to a private name, which no scan looks at.

package import Files

/// A drop's place.
package struct DropLocation: Sendable {
    package let folder: OpenDirectory
    package let name: FileName
    /// The attestation's name beside it; nil when there is none.
    package let checksum: FileName?
    /// The path below `spool/`, for the catalogue; nil in the party's folder under its own name.
    package let claimPath: String?

    package init(folder: OpenDirectory, name: FileName, checksum: FileName?, claimPath: String? = nil) {
        self.folder = folder
        self.name = name
        self.checksum = checksum
        self.claimPath = claimPath
    }

    package var path: String { folder.path(of: name) }
}

/// The names under which claimed and held drops lie.
package enum ClaimPaths {
    package static let contentName = FileName("drop")
    package static let checksumName = FileName("drop.sha256")
    /// A link whose target, `<party>/<kind>/<name>`, says where the drop beside it came from.
    package static let originName = FileName("origin")
    /// The same beside a claim in its party's folder, after its private name.
    static let originSuffix = ".origin"
    /// Why a drop is in quarantine, beside it.
    package static let reasonName = FileName("reason.json")
    package static let privatePrefix = ".filmroom-claim-"

    /// `active/<drop>`: a folder with the drop under the name `drop`.
    package static func active(_ drop: String) -> String { "active/\(drop)" }
    package static func deferred(_ drop: String) -> String { "deferred/\(drop)" }
    package static func quarantine(_ drop: String) -> String { "quarantine/\(drop)" }
    /// A private name in the party's own folder.
    package static func inPlace(party: String, kind: String, drop: String) -> String {
        "incoming/\(party)/\(kind)/\(privatePrefix)\(drop)"
    }

    static func origin(of key: DropKey) -> [UInt8] { Array("\(key.party)/\(key.kind)/".utf8) + key.name.bytes }

    /// - Returns: nil when it is no origin.
    static func key(ofOrigin origin: [UInt8]) -> DropKey? {
        let parts = origin.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, let name = FileName(bytes: Array(parts[2])) else { return nil }
        return DropKey(
            party: FileName.text(of: Array(parts[0])), kind: FileName.text(of: Array(parts[1])), name: name)
    }
}

extension SpoolLayout {
    /// Finds a drop in its party's folder; nil when it is not there any more.
    package func incomingLocation(_ key: DropKey) throws(SpoolError) -> DropLocation? {
        guard let folder = try openIncoming(party: key.party, kind: key.kind) else { return nil }
        let checksum = key.name.appending(IgnoredNames.checksumSuffix)
        return try SpoolError.wrap { () throws(FilesError) in
            guard try folder.status(of: key.name) != nil else { return nil }
            let hasChecksum = try folder.status(of: checksum)?.kind == .file
            return DropLocation(folder: folder, name: key.name, checksum: hasChecksum ? checksum : nil)
        }
    }

    /// Finds a claimed drop wherever a claim may be: a worker may have been killed between noting where it moves a claim
    /// and moving it.
    ///
    /// - Parameter noted: The path in the catalogue, which is tried first.
    package func claimedLocation(
        noted: String?, drop: String, key: DropKey
    ) throws(SpoolError) -> DropLocation? {
        let paths = [
            ClaimPaths.active(drop), ClaimPaths.deferred(drop), ClaimPaths.quarantine(drop),
            ClaimPaths.inPlace(party: key.party, kind: key.kind, drop: drop),
        ]
        for path in [noted].compactMap({ $0 }) + paths.filter({ $0 != noted }) {
            if let location = try claimedLocation(path) { return location }
        }
        return nil
    }

    /// Finds a claimed or held drop by its path in the catalogue; nil when it is not there.
    package func claimedLocation(_ claimPath: String) throws(SpoolError) -> DropLocation? {
        let parts = claimPath.split(separator: "/").map(String.init)
        guard let last = parts.last else { return nil }
        let isInPlace = last.hasPrefix(ClaimPaths.privatePrefix)
        guard let folder = try openBelow(isInPlace ? Array(parts.dropLast()) : parts) else { return nil }
        let name = isInPlace ? FileName(last) : ClaimPaths.contentName
        let checksum = isInPlace ? name.appending(IgnoredNames.checksumSuffix) : ClaimPaths.checksumName
        return try SpoolError.wrap { () throws(FilesError) in
            guard try folder.status(of: name) != nil else { return nil }
            let hasChecksum = try folder.status(of: checksum) != nil
            return DropLocation(
                folder: folder, name: name, checksum: hasChecksum ? checksum : nil, claimPath: claimPath)
        }
    }
}
