// What the database refuses.
//
// Each error says what to do about it. A locked or full database is a passing state.

internal import GRDB

/// An error of the catalogue.
package enum CatalogError: Error, CustomStringConvertible, Sendable {
    /// Another process holds the database for too long.
    case locked
    /// The disk under the database is full.
    case full
    /// What was looked up before is not so any more: the work has to be done again from its start.
    case overtaken
    /// Packs of the exam are between two tiers.
    case moving(exam: String)
    /// Files of the same content, which were deleted, still have to be removed.
    case removing
    /// The lease of this work was lost: another worker has it, or it is done.
    case leaseLost(work: Int64)
    /// The file was written by a newer program.
    case newer(path: String)
    /// The file was written by an older program, and may not be changed now.
    case older(path: String)
    case database(String)

    package var description: String {
        switch self {
        case .locked: "the catalogue is locked by another process; work goes on by itself when it lets go"
        case .full: "the disk under the catalogue is full; free some space, work goes on by itself"
        case .overtaken:
            "another worker stored or deleted something of the same facility meanwhile; the drop is taken anew"
        case .moving(let exam):
            "packs of \(exam) are on their way to another tier; it is taken anew when that is over: `filmroom tier` ends what was interrupted"
        case .removing:
            "the same content was deleted, and its files still have to be removed from the archive; it is taken anew when they are gone"
        case .leaseLost(let work): "work \(work) is held by another worker now"
        case .newer(let path): "\(path) was written by a newer version of filmroom; use that version"
        case .older(let path):
            "\(path) was written by an older version of filmroom; run `filmroom status` once to bring it up"
        case .database(let text): "the catalogue cannot be used: \(text)"
        }
    }

    package var mayPass: Bool {
        switch self {
        case .locked, .full, .overtaken, .moving, .removing: true
        case .leaseLost, .newer, .older, .database: false
        }
    }

    /// Runs a database operation and carries its error as one of the catalogue.
    static func wrap<Result>(_ body: () throws -> Result) throws(CatalogError) -> Result {
        do {
            return try body()
        } catch let error as CatalogError {
            throw error
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw .locked
            case .SQLITE_FULL, .SQLITE_IOERR: throw .full
            default: throw .database(error.description)
            }
        } catch {
            throw .database(String(describing: error))
        }
    }
}
