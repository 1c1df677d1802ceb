// Who this process is among the workers of a site, and which of the others are dead.
//
// Each worker holds the lock of its own file in `spool/active/`. The kernel lets go of it when the process ends,
// however it ends, so that a dead worker's leases can be taken over at once. The file names the owner.

package import Files
import Glibc

/// This process as a worker.
package final class WorkerIdentity: Sendable {
    package let owner: String
    private let folder: String
    private let lock: OpenFile

    /// The folder below `spool/` that the locks are in.
    static let folderName = FileName("active")
    private static let prefix = ".worker-"
    private static let startingPrefix = ".starting-"

    /// - Parameters:
    ///   - folder: The spool's `active/` folder.
    ///   - unique: Something that no other worker has, such as a UUID.
    package init(folder: String, unique: String) throws(FilesError) {
        owner = unique
        self.folder = folder
        // Locked before it has the name that others look for, so that nobody takes it for a dead worker's.
        let directory = try OpenDirectory.open(followingLinks: folder)
        let starting = FileName(Self.startingPrefix + unique)
        lock = try directory.createFile(starting, permissions: 0o600)
        guard try lock.tryLock() else {
            throw FilesError(operation: "lock", path: lock.path, code: 11)
        }
        try lock.write("process \(getpid())")
        try directory.rename(starting, to: directory, as: FileName(Self.prefix + unique))
    }

    /// Whether a name in `active/` is a worker's lock.
    static func isWorker(_ name: FileName) -> Bool { name.text.hasPrefix(prefix) }

    /// The owners whose process has ended, and those that live, this one included.
    package func others() throws(FilesError) -> (dead: [String], live: [String]) {
        var dead: [String] = []
        var live = [owner]
        let directory = try OpenDirectory.open(followingLinks: folder)
        for name in try directory.names() where name.text.hasPrefix(Self.prefix) {
            let other = String(name.text.dropFirst(Self.prefix.count))
            guard other != owner else { continue }
            if try isUnlocked(directory, name) { dead.append(other) } else { live.append(other) }
        }
        return (dead, live)
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
