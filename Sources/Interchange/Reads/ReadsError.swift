// Why a file of reads cannot be used: where, what, and what would be right.

import Files

/// What stops the reading of a file of reads.
package enum ReadsError: Error, CustomStringConvertible {
    case file(FilesError)
    /// A line is wrong; the text says what is and what would be right.
    case line(path: String, number: Int, problem: String)
    /// The file as a whole.
    case whole(path: String, problem: String)

    package var description: String {
        switch self {
        case .file(let error): error.description
        case .line(let path, let number, let problem): "\(path):\(number): \(problem)"
        case .whole(let path, let problem): "\(path): \(problem)"
        }
    }
}
