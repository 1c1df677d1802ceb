// One look over the incoming folders: what lies there now.
//
// Reads names and stat only, never content. A folder that cannot be read is reported and costs no other.

internal import Files

/// What a scan found.
package struct IncomingScan: Sendable {
    package let drops: [FoundDrop]
    /// What keeps a folder or drop from being looked at: path and reason.
    package let troubles: [Trouble]

    package struct Trouble: Hashable, Sendable {
        package let path: String
        package let reason: String
    }

    /// Looks what stands at a name; nil when nothing does.
    typealias Stat = @Sendable (OpenDirectory, FileName) throws(FilesError) -> FileStatus?

    /// - Parameters:
    ///   - parties: The parties of the configuration, by id.
    ///   - entryLimit: Files of one folder drop that are listed at most.
    package init(_ layout: SpoolLayout, parties: [String], kinds: [String], entryLimit: Int) throws(SpoolError) {
        try self.init(layout, parties: parties, kinds: kinds, entryLimit: entryLimit) {
            (folder, name) throws(FilesError) in try folder.status(of: name)
        }
    }

    /// - Parameter stat: The system call, or one that fails.
    init(
        _ layout: SpoolLayout, parties: [String], kinds: [String], entryLimit: Int, stat: @escaping Stat
    ) throws(SpoolError) {
        var drops: [FoundDrop] = []
        var troubles: [Trouble] = []
        let unknown = try UnknownFolders(layout, parties: parties, kinds: kinds)
        troubles += unknown.places.map { Trouble(path: $0.path, reason: $0.reason) }
        for party in parties {
            for kind in kinds {
                do throws(SpoolError) {
                    guard let folder = try layout.openIncoming(party: party, kind: kind) else { continue }
                    let place = FolderScan(folder: folder, party: party, kind: kind, entryLimit: entryLimit, stat: stat)
                    try place.scan(into: &drops, &troubles)
                } catch {
                    troubles.append(Trouble(path: "incoming/\(party)/\(kind)", reason: error.description))
                }
            }
        }
        self.drops = drops
        self.troubles = troubles
    }
}

/// The scan of one `incoming/<party>/<kind>`.
private struct FolderScan {
    let folder: OpenDirectory
    let party: String
    let kind: String
    let entryLimit: Int
    let stat: IncomingScan.Stat

    func scan(into drops: inout [FoundDrop], _ troubles: inout [IncomingScan.Trouble]) throws(SpoolError) {
        let names = try SpoolError.wrap { () throws(FilesError) in try folder.names() }
            .filter { !IgnoredNames.contains($0) }
        let checksums = Set(names.filter { $0.hasSuffix(IgnoredNames.checksumSuffix) })
        for name in names.sorted() where !checksums.contains(name) {
            do throws(FilesError) {
                if let found = try look(name, checksums: checksums) { drops.append(found) }
            } catch {
                troubles.append(
                    IncomingScan.Trouble(path: folder.path(of: name), reason: error.description))
            }
        }
        let present = Set(names)
        for checksum in checksums.sorted() {
            guard let name = checksum.dropping(last: IgnoredNames.checksumSuffix.utf8.count), !present.contains(name),
                !IgnoredNames.contains(name)
            else { continue }
            do throws(FilesError) {
                if let absent = try absent(name, checksum) { drops.append(absent) }
            } catch {
                // Still there, as far as anybody knows: nothing is said of its drop until it can be looked at.
                troubles.append(IncomingScan.Trouble(path: folder.path(of: checksum), reason: error.description))
            }
        }
    }

    private func look(_ name: FileName, checksums: Set<FileName>) throws(FilesError) -> FoundDrop? {
        guard let status = try stat(folder, name) else { return nil }
        let checksum = name.appending(IgnoredNames.checksumSuffix)
        let attestation = checksums.contains(checksum) ? try stat(folder, checksum) : nil
        var content = Signature()
        content.add(status.inode)
        var byteCount = status.byteCount
        var isBag = false
        if status.kind == .directory {
            let inner = try folder.open(name)
            let listing = try FolderListing(inner, limits: FolderListing.Limits(entries: entryLimit))
            // Only what is never looked at, or nothing at all yet: not a drop, unless its sender says that this is all.
            guard !listing.entries.isEmpty || attestation != nil else { return nil }
            content.add(listing.signature.value)
            byteCount = listing.byteCount
            isBag = try inner.status(of: FileName("bagit.txt"))?.kind == .file
        } else {
            content.add(status)
        }
        return found(
            name, node: status.kind, content: content, attestation: attestation, byteCount: byteCount, isBag: isBag)
    }

    /// A drop of which only the attestation is there; nil when that went away meanwhile.
    private func absent(_ name: FileName, _ checksum: FileName) throws(FilesError) -> FoundDrop? {
        guard let attestation = try stat(folder, checksum) else { return nil }
        let found = found(
            name, node: .file, content: Signature(), attestation: attestation, byteCount: 0, isBag: false)
        return FoundDrop(
            party: party, kind: kind, name: name, node: .file, hasChecksum: true, isBag: false,
            contentSignature: found.contentSignature, signature: found.signature, byteCount: 0, isAbsent: true)
    }

    private func found(
        _ name: FileName, node: FileStatus.Kind, content: Signature, attestation: FileStatus?, byteCount: Int64,
        isBag: Bool
    ) -> FoundDrop {
        var whole = content
        if let attestation { whole.add(attestation) }
        return FoundDrop(
            party: party, kind: kind, name: name, node: node, hasChecksum: attestation?.kind == .file, isBag: isBag,
            contentSignature: content, signature: whole, byteCount: byteCount, isAbsent: false)
    }
}
