// What can go wrong while watching, with what to do about it.
//
// Owns the texts; never decides what happens next: the caller ends the program, and the periodic scan goes on without it.

/// Why the watcher cannot go on.
enum WatchError: Error, CustomStringConvertible {
    /// inotify could not be opened.
    case notInitialized(errorNumber: Int32)
    /// A folder could not be watched.
    case notWatched(path: String, errorNumber: Int32)
    /// The next event could not be read.
    case notRead(errorNumber: Int32)

    var description: String {
        switch self {
        case .notInitialized(let number):
            "inotify cannot be opened (errno \(number)): raise fs.inotify.max_user_instances"
        case .notWatched(let path, let number):
            "cannot watch \(path) (errno \(number)): see that it exists, or raise fs.inotify.max_user_watches"
        case .notRead(let number):
            "cannot read events (errno \(number))"
        }
    }
}
