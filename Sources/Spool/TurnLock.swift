// Who of several processes of one command has its turn: the second waits until the first has ended.
//
// A lock of a file in `spool/`, which the kernel lets go of when the process ends. Says nothing of workers: see `SiteLock`.

internal import Files
import Glibc

/// A turn, for as long as this object lives.
package final class TurnLock: Sendable {
    private let file: OpenFile

    private static let pollMicroseconds: UInt32 = 20_000

    /// Waits for the turn.
    ///
    /// - Parameters:
    ///   - spool: The site's `spool/` folder.
    ///   - command: Whose turns these are: `consensus`.
    package init(spool: String, command: String) throws(SpoolError) {
        file = try SpoolError.wrap { () throws(FilesError) in
            let directory = try OpenDirectory.open(followingLinks: spool)
            let file = try directory.openOrCreateFile(FileName(".\(command)"), permissions: 0o600)
            while try !file.tryLock() { usleep(Self.pollMicroseconds) }
            return file
        }
    }
}
