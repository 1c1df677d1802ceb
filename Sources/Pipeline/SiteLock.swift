// Who may work on a site at the same time: workers share it, what replaces the catalogue has it alone.
//
// A lock of the file `spool/.lock`, which the kernel lets go of when the process ends. Taken before the catalogue is
// opened. Who has it alone says so in the file; workers say so in their own.

internal import Files
import Glibc

/// A site that is being worked on, for as long as this object lives.
package final class SiteLock: Sendable {
    private let file: OpenFile

    private static let name = FileName(".lock")
    private static let textLimit = 1 << 12

    /// Another process has the site.
    package struct Held: Error, CustomStringConvertible, Sendable {
        /// Who has it, in words.
        package let holder: String
        package var description: String {
            "\(holder) on this site: wait until it has ended, or stop it, then run this command again"
        }
    }

    /// - Parameters:
    ///   - spool: The site's `spool/` folder.
    ///   - alone: What this process does that nobody else may work beside; nil for a worker.
    /// - Throws: `Held`, or `FilesError`.
    package init(spool: String, alone: String?) throws {
        try Paths.makeDirectories(spool, permissions: 0o755)
        let directory = try OpenDirectory.open(followingLinks: spool)
        file = try directory.openOrCreateFile(Self.name, permissions: 0o600)
        guard try file.tryLock(isShared: alone == nil) else {
            throw Held(holder: try Self.holder(directory, isWorker: alone == nil))
        }
        guard let alone else { return }
        try file.truncate(to: 0)
        try file.write(Array("\(alone) (process \(getpid())) works".utf8))
    }

    /// What is known of who has the site.
    private static func holder(_ directory: OpenDirectory, isWorker: Bool) throws(FilesError) -> String {
        if isWorker {
            let text = FileName.text(of: try directory.openFile(name).readAll(limit: textLimit))
            return text.isEmpty ? "another process works" : text
        }
        var workers: [String] = []
        let active = try directory.open(WorkerIdentity.folderName)
        for name in try active.names().sorted() where WorkerIdentity.isWorker(name) {
            let text = FileName.text(of: try active.openFile(name).readAll(limit: textLimit))
            if !text.isEmpty { workers.append(text) }
        }
        return workers.isEmpty ? "a worker is busy" : "workers (\(workers.joined(separator: ", "))) are busy"
    }
}
