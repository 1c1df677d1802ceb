// What a system call refused, and whether it may pass by itself.
//
// Owns the one error of this module: which operation, on which path, with which errno.
// Never guesses: a path is the one that the caller named.

import Glibc

/// A system call's failure.
package struct FilesError: Error, Equatable, CustomStringConvertible, Sendable {
    /// The call, as its manual page names it: `open`, `rename`, `fsync`.
    package let operation: String
    /// The path as the caller gave it.
    package let path: String
    /// The system's error number.
    package let code: Int32

    package init(operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The error of the call that has just failed.
    static func last(_ operation: String, _ path: String) -> FilesError {
        FilesError(operation: operation, path: path, code: errno)
    }

    package var description: String {
        "cannot \(operation) \(path): \(String(cString: strerror(code)))\(advice)"
    }

    /// Whether waiting may mend it without anybody's help: no space, no quota, no descriptors, a stale mount.
    package var mayPass: Bool {
        [ENOSPC, EDQUOT, EMFILE, ENFILE, ENOMEM, ESTALE, ETIMEDOUT, EAGAIN, EBUSY, ENODEV, ENXIO].contains(code)
    }

    package var isAbsent: Bool { code == ENOENT || code == ENOTDIR }
    package var isForbidden: Bool { code == EACCES || code == EPERM }

    private var advice: String {
        switch code {
        case EACCES, EPERM: " (the account of this worker lacks the right)"
        case ENOSPC, EDQUOT: " (free some space; work goes on by itself)"
        case ELOOP: " (it is a symbolic link, which is never followed)"
        default: ""
        }
    }
}
