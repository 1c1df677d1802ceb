// Who this process is among the workers of a site, and which of the others are dead.
//
// Each worker holds the lock of its own file in `spool/active/`. The kernel lets go of it when the process ends,
// however it ends, so that a dead worker's leases can be taken over at once. The file names the owner.

package import Files

/// This process as a worker.
package final class WorkerIdentity: Sendable {
    package let owner: String
    private let folder: String
    private let lock: OpenFile

    private static let prefix = ".worker-"

    /// - Parameters:
    ///   - folder: The spool's `active/` folder.
    ///   - unique: Something that no other worker has, such as a UUID.
    package init(folder: String, unique: String) throws(FilesError) {
        owner = unique
        self.folder = folder
        lock = try OpenFile.create("\(folder)/\(Self.prefix)\(unique)", permissions: 0o600)
        guard try lock.tryLock() else {
            throw FilesError(operation: "lock", path: lock.path, code: 11)
        }
    }

    /// The owners whose process has ended; their lock files are removed.
    package func deadOwners() throws(FilesError) -> [String] {
        var dead: [String] = []
        let directory = try OpenDirectory.open(followingLinks: folder)
        for name in try directory.names() where name.text.hasPrefix(Self.prefix) {
            let other = String(name.text.dropFirst(Self.prefix.count))
            guard other != owner, try isUnlocked(directory, name) else { continue }
            dead.append(other)
        }
        return dead
    }

    /// Removes the lock files of dead owners whose leases are all taken over, and at the end one's own.
    package func forget(_ owners: [String]) throws(FilesError) {
        let directory = try OpenDirectory.open(followingLinks: folder)
        for other in owners { try directory.removeFile(FileName(Self.prefix + other)) }
    }

    private func isUnlocked(_ directory: OpenDirectory, _ name: FileName) throws(FilesError) -> Bool {
        do throws(FilesError) {
            return try directory.openFile(name).tryLock()
        } catch {
            if error.isAbsent { return false }
            throw error
        }
    }
}
