// What stops a stage.
//
// Either it may pass by itself (then the work is tried again, with growing waits), or a person has to look.

package import Archive
package import Catalog
package import Files
package import Spool

/// An error of a stage.
package enum StageError: Error, CustomStringConvertible, Sendable {
    case archive(ArchiveError)
    case catalog(CatalogError)
    case spool(SpoolError)
    case files(FilesError)
    /// The worker was told to stop.
    case stopped
    /// Something that only a mistake of this program explains.
    case unexpected(String)

    package init(_ error: any Error) {
        self =
            switch error {
            case let error as StageError: error
            case let error as ArchiveError: .archive(error)
            case let error as CatalogError: .catalog(error)
            case let error as SpoolError: .spool(error)
            case let error as FilesError: .files(error)
            default: .unexpected(String(describing: error))
            }
    }

    package var description: String {
        switch self {
        case .archive(let error): error.description
        case .catalog(let error): error.description
        case .spool(let error): error.description
        case .files(let error): error.description
        case .stopped: "stopped; the drop is taken up again at the next start"
        case .unexpected(let text): text
        }
    }

    package var mayPass: Bool {
        switch self {
        case .archive(let error): error.mayPass
        case .catalog(let error): error.mayPass
        case .spool(let error): error.mayPass
        case .files(let error): error.mayPass
        case .stopped: true
        case .unexpected: false
        }
    }

    static func wrap<Result>(_ body: () throws -> Result) throws(StageError) -> Result {
        do { return try body() } catch { throw StageError(error) }
    }
}
