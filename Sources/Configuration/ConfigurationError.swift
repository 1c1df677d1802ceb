// The one error of this module: why a site's configuration cannot be used.
//
// Owns two cases, because a person mends them differently: edit the files, or make them readable.

/// Why a configuration was refused.
package enum ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The files were read and hold mistakes: all of them, ordered by file and line, and never none.
    case problems([ConfigurationProblem])
    /// A file or the folder cannot be read at all; `text` says why and what to do.
    case unreadable(file: String, text: String)

    /// One line for each problem.
    package var description: String {
        switch self {
        case .problems(let problems): problems.map(\.description).joined(separator: "\n")
        case .unreadable(let file, let text): "\(file): \(text)"
        }
    }
}
