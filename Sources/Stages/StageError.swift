// What stops a stage.
//
// Either it may pass by itself (then the work is tried again, with growing waits), or a person has to look.

package import Archive
package import Catalog
package import Files
package import Paper
package import Spool

/// An error of a stage.
package enum StageError: Error, CustomStringConvertible, Sendable {
    case archive(ArchiveError)
    case catalog(CatalogError)
    case spool(SpoolError)
    case files(FilesError)
    /// No PDF was made.
    case paper(PaperError)
    /// Less than `minimumFree` is free on a tier's disk, in bytes.
    case lowDisk(path: String, free: Int64, least: Int64)
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
            case let error as PaperError: .paper(error)
            default: .unexpected(String(describing: error))
            }
    }

    package var description: String {
        switch self {
        case .archive(let error): error.description
        case .catalog(let error): error.description
        case .spool(let error): error.description
        case .files(let error): error.description
        case .paper(let error): error.description
        case .lowDisk(let path, let free, let least):
            "\(free) bytes are free at \(path), and minimumFree asks for \(least): intake pauses until there is more"
        case .unexpected(let text): text
        }
    }

    package var mayPass: Bool {
        switch self {
        case .archive(let error): error.mayPass
        case .catalog(let error): error.mayPass
        case .spool(let error): error.mayPass
        case .files(let error): error.mayPass
        case .paper(let error): error.mayPass
        case .lowDisk: true
        case .unexpected: false
        }
    }

    /// Whether nothing has to pass but the moment: the drop changed, or another worker was faster.
    var isImmediate: Bool {
        switch self {
        case .spool(.changed), .catalog(.overtaken): true
        default: false
        }
    }

    /// Whether intake pauses for it: nothing is wrong with the drop, and it is taken as soon as the reason is gone.
    var isPause: Bool {
        switch self {
        case .lowDisk, .archive(.tierNotMounted): true
        default: false
        }
    }

    /// Whether the worker's account lacks a right.
    var isForbidden: Bool {
        switch self {
        case .files(let error), .spool(.system(let error)), .archive(.system(let error)): error.isForbidden
        default: false
        }
    }

    static func wrap<Result>(_ body: () throws -> Result) throws(StageError) -> Result {
        do { return try body() } catch { throw StageError(error) }
    }
}
