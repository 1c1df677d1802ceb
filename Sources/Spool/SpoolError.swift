// What can go wrong at the edges: in the parties' folders and the workers' own.

package import Files

/// An error of the spool.
package enum SpoolError: Error, CustomStringConvertible, Sendable {
    case system(FilesError)
    /// The drop changed while it was read; nothing of it was taken.
    case changed(path: String)
    /// The worker's account may not move the drop.
    case notMovable(path: String)

    package var description: String {
        switch self {
        case .system(let error): error.description
        case .changed(let path): "\(path) changed while it was read; it is looked at again"
        case .notMovable(let path):
            "\(path) cannot be claimed: the worker's account needs write permission on the folder that it lies in, "
                + "and that folder must not be sticky"
        }
    }

    package var mayPass: Bool {
        switch self {
        case .system(let error): error.mayPass
        case .changed, .notMovable: true
        }
    }

    /// Runs file operations and carries their error as one of the spool.
    package static func wrap<Result>(_ body: () throws(FilesError) -> Result) throws(SpoolError) -> Result {
        do throws(FilesError) { return try body() } catch { throw .system(error) }
    }
}
