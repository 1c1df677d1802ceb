// Removes a committed drop's source: what was read, and only that.
//
// Invariants: a file is removed only while it is the one that was read (same inode, size and time); folders only when
// they are empty; an emptied attestation goes with its drop. What came later goes back to the party as a new drop.

package import Files

/// What a drop was made of when it was read.
package struct SourceIdentity: Sendable {
    /// Each file's components below the drop (none for a drop that is one file) and its state.
    package let files: [(components: [FileName], status: FileStatus)]

    package init(files: [(components: [FileName], status: FileStatus)]) {
        self.files = files
    }
}

/// Removes sources.
package struct SourceRemoval: Sendable {
    package let claim: Claim

    package init(claim: Claim) {
        self.claim = claim
    }

    /// What is left after a removal.
    package enum Rest: Sendable, Equatable {
        case nothing
        /// Files that came or changed later; they are back in the party's folder under this name.
        case returned(as: String)
        /// The account may not remove these many files.
        case forbidden(count: Int)
    }

    /// Removes a claimed drop that nobody needs any more, whatever is in it: after a restart, when what was read is
    /// not known any more, only files as old as the claim are removed.
    ///
    /// - Parameter identity: nil when it is not known: then everything counts as read.
    package func remove(_ location: DropLocation, key: DropKey, identity: SourceIdentity?) throws(SpoolError) -> Rest {
        var forbidden = 0
        do throws(FilesError) {
            forbidden = try removeContent(location, identity: identity)
            if let checksum = location.checksum { try location.folder.removeFile(checksum) }
        } catch {
            guard error.isForbidden else { throw .system(error) }
            forbidden += 1
        }
        if forbidden > 0 { return .forbidden(count: forbidden) }
        let isLeft = try SpoolError.wrap { () throws(FilesError) in
            try location.folder.status(of: location.name) != nil
        }
        guard isLeft else {
            try claim.removeClaimFolder(location)
            return .nothing
        }
        return .returned(as: try putBackRest(location, key: key))
    }

    /// - Returns: How many files the account may not remove.
    private func removeContent(_ location: DropLocation, identity: SourceIdentity?) throws(FilesError) -> Int {
        guard let status = try location.folder.status(of: location.name) else { return 0 }
        guard status.kind == .directory else {
            let read = identity?.files.first?.status
            if read.map({ !status.isSameContent(as: $0) }) ?? false { return 0 }
            try location.folder.removeFile(location.name)
            return 0
        }
        guard let identity else {
            try location.folder.removeTree(location.name)
            return 0
        }
        let folder = try location.folder.open(location.name)
        var forbidden = 0
        for file in identity.files {
            do throws(FilesError) { try removeFile(file.components, file.status, below: folder) } catch {
                guard error.isForbidden else { throw error }
                forbidden += 1
            }
        }
        if forbidden == 0 { try removeEmptyFolders(folder, name: location.name, parent: location.folder) }
        return forbidden
    }

    private func removeFile(_ path: [FileName], _ read: FileStatus, below folder: OpenDirectory) throws(FilesError) {
        guard let name = path.last else { return }
        let parent: OpenDirectory
        do throws(FilesError) { parent = try folder.openParent(of: path) } catch {
            if error.isAbsent { return }
            throw error
        }
        guard let now = try parent.status(of: name), now.kind != .file || now.isSameContent(as: read) else { return }
        try parent.removeFile(name)
    }

    private func removeEmptyFolders(
        _ folder: OpenDirectory, name: FileName, parent: OpenDirectory
    ) throws(FilesError) {
        for inner in try folder.names() where try folder.status(of: inner)?.kind == .directory {
            try removeEmptyFolders(try folder.open(inner), name: inner, parent: folder)
        }
        try parent.removeDirectory(name)
    }

    /// Puts what is left back under the drop's name, or the first free `<name>.late-N`.
    private func putBackRest(_ location: DropLocation, key: DropKey) throws(SpoolError) -> String {
        let bare = DropLocation(
            folder: location.folder, name: location.name, checksum: nil, claimPath: location.claimPath)
        if try claim.putBack(bare, key: key) { return key.name.text }
        for number in 1...Self.lateNameLimit {
            let name = key.name.appending(".late-\(number)")
            let late = DropKey(party: key.party, kind: key.kind, name: name)
            if try claim.putBack(bare, key: late) { return name.text }
        }
        throw .changed(path: location.path)
    }

    private static let lateNameLimit = 1000
}
