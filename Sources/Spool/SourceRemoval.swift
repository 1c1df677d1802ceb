// Removes a committed drop's source: what was read, and only that.
//
// Invariants: what came or changed after the reading goes back to the party, as a new drop, before anything is removed;
// the rest is first renamed to a trash name, in one step, so that a removal that is interrupted is taken up without
// asking again what was read. Nothing is removed through a link.

package import Files

/// What a drop was made of when it was read.
package struct SourceIdentity: Sendable {
    /// Each file's path below the drop (`itself` for a drop that is one file) and its state.
    package let files: [(path: RelativePath, status: FileStatus)]

    package init(files: [(path: RelativePath, status: FileStatus)]) {
        self.files = files
    }

    /// The content of a folder drop as it is now; for a file, its state.
    package init(of location: DropLocation) throws(SpoolError) {
        files = try SpoolError.wrap { () throws(FilesError) in
            guard let status = try location.folder.status(of: location.name) else { return [] }
            guard status.kind == .directory else { return [(.itself, status)] }
            let limits = FolderListing.Limits(entries: .max)
            return try FolderListing(try location.folder.open(location.name), limits: limits).entries
                .map { ($0.path, $0.status) }
        }
    }

    fileprivate var byPath: [RelativePath: FileStatus] {
        Dictionary(files.map { ($0.path, $0.status) }) { _, last in last }
    }
}

/// Removes sources.
package struct SourceRemoval: Sendable {
    package let claim: Claim

    package static let trashPrefix = ".filmroom-trash-"

    package init(claim: Claim) {
        self.claim = claim
    }

    /// What is left after a removal.
    package enum Rest: Sendable, Equatable {
        case nothing
        /// Files that came or changed later are back in the party's folder under this name.
        case returned(as: String)
        /// The account may not remove it; it stays under a hidden name.
        case forbidden(path: String)
    }

    /// Moves what came or changed after the reading back to the party's folder.
    ///
    /// - Returns: The name that it is under; nil when there was nothing.
    package func giveBackLate(
        _ location: DropLocation, key: DropKey, identity: SourceIdentity
    ) throws(SpoolError) -> String? {
        let late = try SpoolError.wrap { () throws(FilesError) in try lateFiles(location, identity: identity) }
        return late.isEmpty ? nil : try giveBack(late, from: location, key: key)
    }

    package func remove(_ location: DropLocation, key: DropKey, identity: SourceIdentity) throws(SpoolError) -> Rest {
        let late = try giveBackLate(location, key: key, identity: identity)
        let trash = FileName("\(Self.trashPrefix)\(location.name.text.filter { $0 != "." })")
        do throws(FilesError) {
            if try location.folder.status(of: location.name) != nil {
                try location.folder.rename(location.name, to: location.folder, as: trash)
            }
            if let checksum = location.checksum { try location.folder.removeFile(checksum) }
            try location.folder.synchronize()
            try location.folder.removeTree(trash)
        } catch {
            guard error.isForbidden else { throw .system(error) }
            return .forbidden(path: location.folder.path(of: trash))
        }
        try claim.removeClaimFolder(location)
        return late.map { .returned(as: $0) } ?? .nothing
    }

    /// Takes up a removal that was interrupted after its rename.
    package func removeTrash(in folder: OpenDirectory) throws(FilesError) {
        for name in try folder.names() where name.bytes.starts(with: Self.trashPrefix.utf8) {
            try folder.removeTree(name)
        }
    }

    private func lateFiles(_ location: DropLocation, identity: SourceIdentity) throws(FilesError) -> [RelativePath] {
        let read = identity.byPath
        func wasRead(_ path: RelativePath, _ status: FileStatus) -> Bool {
            guard let before = read[path], before.kind == status.kind else { return false }
            return status.kind != .file || before.isSameContent(as: status)
        }
        guard let status = try location.folder.status(of: location.name) else { return [] }
        guard status.kind == .directory else { return wasRead(.itself, status) ? [] : [.itself] }
        var late: [RelativePath] = []
        try visit(try location.folder.open(location.name), below: .itself) { path, status in
            if !wasRead(path, status) { late.append(path) }
        }
        return late
    }

    private func visit(
        _ folder: OpenDirectory, below: RelativePath, _ body: (RelativePath, FileStatus) -> Void
    ) throws(FilesError) {
        for name in try folder.names().sorted() {
            guard let status = try folder.status(of: name) else { continue }
            if status.kind == .directory {
                try visit(try folder.open(name), below: below.appending(name), body)
            } else {
                body(below.appending(name), status)
            }
        }
    }

    /// Moves files back to the party, under the drop's name or the first free `<name>.late-N`.
    ///
    /// - Returns: The name that they are under.
    private func giveBack(
        _ late: [RelativePath], from location: DropLocation, key: DropKey
    ) throws(SpoolError) -> String {
        guard let incoming = try claim.layout.openIncoming(party: key.party, kind: key.kind) else {
            throw .changed(path: location.path)
        }
        return try SpoolError.wrap { () throws(FilesError) in
            let name = try freeName(in: incoming, for: key.name)
            if late == [.itself] {
                try location.folder.renameNew(location.name, to: incoming, as: name)
                return name.text
            }
            try incoming.makeDirectory(name, permissions: 0o2770)
            let source = ParentFolders(of: try location.folder.open(location.name))
            let target = try incoming.open(name)
            for path in late {
                guard let last = path.name else { continue }
                var folder = target
                for part in path.parent.components {
                    try folder.makeDirectory(part, permissions: 0o2770)
                    folder = try folder.open(part)
                }
                try source.folder(of: path).renameNew(last, to: folder, as: last)
            }
            return name.text
        }
    }

    private func freeName(in folder: OpenDirectory, for name: FileName) throws(FilesError) -> FileName {
        if try folder.status(of: name) == nil { return name }
        for number in 1...Self.lateNameLimit {
            let late = name.appending(".late-\(number)")
            if try folder.status(of: late) == nil { return late }
        }
        throw FilesError(operation: "find a free name for", path: folder.path(of: name), code: 17)
    }

    private static let lateNameLimit = 1000
}
