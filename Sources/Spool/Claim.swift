// Takes a drop out of its party's reach, in one rename; puts it elsewhere later; removes it in the end.
//
// Invariants: a claim never replaces anything; what is removed is what was read and nothing else: a file that came or
// changed later goes back to the party's folder. The drop is renamed before its attestation, so that an attestation
// without its drop is at worst a leftover. A link that is never followed, beside a claim, says where it came from.

internal import Files

/// Moves drops between the places of a spool.
package struct Claim: Sendable {
    package let layout: SpoolLayout

    package init(layout: SpoolLayout) {
        self.layout = layout
    }

    /// Where a claim of this drop will go, decided before it is made, so that the catalogue can note it first.
    ///
    /// A folder that the worker's account may not write in cannot be moved to another parent; it is then renamed
    /// within the party's folder.
    package func path(for location: DropLocation, key: DropKey, drop: String) throws(SpoolError) -> String {
        let isMovable = try SpoolError.wrap { () throws(FilesError) in
            guard try location.folder.status(of: location.name)?.kind == .directory else { return true }
            return try location.folder.open(location.name).isWritable
        }
        return isMovable
            ? ClaimPaths.active(drop) : ClaimPaths.inPlace(party: key.party, kind: key.kind, drop: drop)
    }

    /// Moves a drop to a path that `path(for:)` chose, or to `deferred/` or `quarantine/`.
    ///
    /// - Parameter key: Where the drop was, so that a claim that no catalogue knows can be put back.
    /// - Throws: `.notMovable` when the account lacks the right.
    package func move(
        _ location: DropLocation, to claimPath: String, key: DropKey
    ) throws(SpoolError) -> DropLocation {
        do throws(FilesError) {
            return try rename(location, to: claimPath, key: key)
        } catch {
            guard error.isForbidden else { throw .system(error) }
            throw .notMovable(path: location.path)
        }
    }

    /// Puts a claimed drop back under its own name in the party's folder.
    ///
    /// - Returns: false when that name is taken meanwhile; the drop stays where it is then.
    package func putBack(_ location: DropLocation, key: DropKey) throws(SpoolError) -> Bool {
        guard let folder = try layout.openIncoming(party: key.party, kind: key.kind) else { return false }
        do throws(FilesError) {
            try location.folder.renameNew(location.name, to: folder, as: key.name)
            if let checksum = location.checksum {
                try location.folder.renameNew(
                    checksum, to: folder, as: key.name.appending(IgnoredNames.checksumSuffix))
            }
        } catch {
            if error.code == Self.taken { return false }
            throw .system(error)
        }
        try removeClaimFolder(location)
        return true
    }

    /// Removes the folder of a claim when it is empty.
    package func removeClaimFolder(_ location: DropLocation) throws(SpoolError) {
        guard let path = location.claimPath else { return }
        if path.hasPrefix("incoming/") { return try removeOrigin(location) }
        let parts = path.split(separator: "/").map(String.init)
        guard let last = parts.last, let parent = try layout.openBelow(Array(parts.dropLast())) else { return }
        try SpoolError.wrap { () throws(FilesError) in
            if try parent.status(of: FileName(last)) != nil {
                let folder = try parent.open(FileName(last))
                try folder.removeFile(ClaimPaths.reasonName)
                if try folder.status(of: ClaimPaths.contentName) == nil { try folder.removeFile(ClaimPaths.originName) }
            }
            try parent.removeDirectory(FileName(last))
            try parent.synchronize()
        }
    }

    /// The origin beside a claim in its party's folder.
    private func removeOrigin(_ location: DropLocation) throws(SpoolError) {
        _ = try SpoolError.wrap { () throws(FilesError) in
            try location.folder.removeFile(location.name.appending(ClaimPaths.originSuffix))
        }
    }

    private func rename(
        _ location: DropLocation, to claimPath: String, key: DropKey
    ) throws(FilesError) -> DropLocation {
        let parts = claimPath.split(separator: "/").map(String.init)
        let last = FileName(parts.last ?? "")
        var folder = try OpenDirectory.open(followingLinks: layout.path)
        for part in parts.dropLast() { folder = try folder.open(FileName(part)) }
        if last.bytes.starts(with: ClaimPaths.privatePrefix.utf8) {
            try folder.makeLink(last.appending(ClaimPaths.originSuffix), to: ClaimPaths.origin(of: key))
            return try renameInPlace(location, folder: folder, name: last, claimPath: claimPath)
        }
        if try folder.makeDirectory(last, permissions: 0o700) { try folder.synchronize() }
        let target = try folder.open(last)
        // In quarantine a note says it, and nothing but the drop and that note is there.
        if !claimPath.hasPrefix("quarantine/") {
            try target.makeLink(ClaimPaths.originName, to: ClaimPaths.origin(of: key))
        }
        try location.folder.renameNew(location.name, to: target, as: ClaimPaths.contentName)
        if let checksum = location.checksum {
            try location.folder.rename(checksum, to: target, as: ClaimPaths.checksumName)
        }
        try target.synchronize()
        try location.folder.synchronize()
        return DropLocation(
            folder: target, name: ClaimPaths.contentName,
            checksum: location.checksum == nil ? nil : ClaimPaths.checksumName, claimPath: claimPath)
    }

    private func renameInPlace(
        _ location: DropLocation, folder: OpenDirectory, name: FileName, claimPath: String
    ) throws(FilesError) -> DropLocation {
        try location.folder.renameNew(location.name, to: folder, as: name)
        let checksum = name.appending(IgnoredNames.checksumSuffix)
        if let old = location.checksum { try location.folder.rename(old, to: folder, as: checksum) }
        try folder.synchronize()
        return DropLocation(
            folder: folder, name: name, checksum: location.checksum == nil ? nil : checksum, claimPath: claimPath)
    }

    /// EEXIST, and ENOTEMPTY as some file systems say it.
    private static let taken: Int32 = 17
}
