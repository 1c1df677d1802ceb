// Taking back what was published: looked at where it lies, moved out of sight, looked at again, and only then removed.
//
// Invariants: nothing is removed that is not what was published, by its digest; a folder's files each by theirs, so that what
// a party has put or changed in it stays. A kill leaves it where it lay or out of sight; the next call goes on from there.

internal import Bundles
package import Files
import Glibc

extension Outbox {
    /// What became of something that was to be taken back.
    package enum Withdrawal: Sendable, Equatable {
        /// It is gone.
        case taken
        /// A folder's published files are gone, what somebody else has put into it lies there still.
        case partlyTaken
        /// Nothing lies there.
        case absent
        /// Something else lies there, and stays.
        case replaced
    }

    /// Takes a file with its `.sha256`, or a folder, back when it is what somebody thinks it is.
    ///
    /// - Parameters:
    ///   - sha256: As `digest` gives it; what was replaced meanwhile stays.
    ///   - keepsOthers: Whether files of a folder that are not in its `SHA256SUMS`, or not as they were published, stay.
    package func withdraw(
        party: String, kind: String, name: FileName, ifItIs sha256: SHA256Digest, keepsOthers: Bool
    ) throws(SpoolError) -> Withdrawal {
        let folder = try layout.openOutbound(party: party, kind: kind)
        let taking = Taking(folder: folder, name: name, sha256: sha256, keepsOthers: keepsOthers)
        return try SpoolError.wrap { () throws(FilesError) in try taking.take() }
    }
}

private struct Taking {
    let folder: OpenDirectory
    let name: FileName
    let sha256: SHA256Digest
    let keepsOthers: Bool

    /// Where it is while it is removed: its own for each content.
    private var trash: FileName {
        FileName(".tmp-taken-\(SHA256.digest(of: name.bytes + sha256.bytes).short)")
    }

    func take() throws(FilesError) -> Outbox.Withdrawal {
        // What a killed worker has left out of sight.
        if let left = try folder.status(of: trash) {
            if try Outbox.digest(in: folder, trash) == sha256 { return try remove() ? .taken : .partlyTaken }
            if left.kind == .directory, try removeEmptyFolders(in: try folder.open(trash)) {
                try folder.removeDirectory(trash)
                return .taken
            }
            try putBack()
        }
        guard try folder.status(of: name) != nil else {
            try removeChecksum()
            return .absent
        }
        guard try Outbox.digest(in: folder, name) == sha256 else { return .replaced }
        do throws(FilesError) { try folder.rename(name, to: folder, as: trash) } catch {
            guard error.isAbsent else { throw error }
            return .absent
        }
        // It may have been replaced in between.
        guard try Outbox.digest(in: folder, trash) == sha256 else {
            try putBack()
            return .replaced
        }
        return try remove() ? .taken : .partlyTaken
    }

    /// Where something newer lies there, this goes: it would have been replaced by that.
    private func putBack() throws(FilesError) {
        do throws(FilesError) { try folder.renameNew(trash, to: folder, as: name) } catch {
            guard error.code == EEXIST else { throw error }
            try folder.removeTree(trash)
        }
        try folder.synchronize()
    }

    /// - Returns: Whether nothing is left of it.
    private func remove() throws(FilesError) -> Bool {
        let isFolder = try folder.status(of: trash)?.kind == .directory
        if isFolder, keepsOthers {
            let content = try folder.open(trash)
            try removePublished(in: content)
            guard try removeEmptyFolders(in: content), try folder.removeDirectory(trash) else {
                try putBack()
                return false
            }
        } else {
            if !isFolder { try removeChecksum() }
            try folder.removeTree(trash)
        }
        try folder.synchronize()
        return true
    }

    /// The checksum of a file that is gone; another's stays.
    private func removeChecksum() throws(FilesError) {
        let checksum = name.appending(IgnoredNames.checksumSuffix)
        guard try folder.status(of: name) == nil, try folder.status(of: checksum)?.kind == .file else { return }
        let text = ChecksumList.text(of: [ChecksumEntry(path: name.bytes, digest: sha256.bytes)])
        let isOwn = try OutboundFolder.digest(of: try folder.openFile(checksum)) == SHA256.digest(of: text)
        if isOwn { try folder.removeFile(checksum) }
    }

    /// The list goes last, so that a killed worker's work is gone on with.
    private func removePublished(in content: OpenDirectory) throws(FilesError) {
        let sums = OutboundFolder.checksumsName
        let list = ChecksumList(try content.openFile(sums).readAll(limit: ChecksumList.Limits().byteCount))
        let folders = ParentFolders(of: content)
        for entry in list.entries {
            guard let path = RelativePath(bytes: entry.path), let name = path.name,
                try folders.status(of: path)?.kind == .file,
                try OutboundFolder.digest(of: try folders.openFile(path)).bytes == entry.digest
            else { continue }
            try folders.folder(of: path).removeFile(name)
        }
        try content.removeFile(sums)
    }

    /// - Returns: Whether nothing is left.
    private func removeEmptyFolders(in content: OpenDirectory) throws(FilesError) -> Bool {
        var isEmpty = true
        for name in try content.names() {
            guard try content.status(of: name)?.kind == .directory, try removeEmptyFolders(in: content.open(name))
            else {
                isEmpty = false
                continue
            }
            if try !content.removeDirectory(name) { isEmpty = false }
        }
        return isEmpty
    }
}
