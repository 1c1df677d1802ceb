// Why something could not be measured.
//
// One type for the whole program; errors of the product are carried in their own words.

import Files

/// What stops a measurement.
enum BenchError: Error, CustomStringConvertible {
    /// A program that is needed is not installed.
    case missingProgram(String)
    case programFailed(String, exitCode: Int32)
    /// A system call failed.
    case system(FilesError)
    /// The ingest ended, but not with what was dropped.
    case wrongResult(String)
    /// An error of the product, in its words.
    case failed(String)

    init(_ error: any Error) {
        self =
            switch error {
            case let error as BenchError: error
            case let error as FilesError: .system(error)
            default: .failed(String(describing: error))
            }
    }

    var description: String {
        switch self {
        case .missingProgram(let name): "there is no program '\(name)': install it, or leave out what needs it"
        case .programFailed(let name, let code): "\(name) ended with \(code)"
        case .system(let error): error.description
        case .wrongResult(let text): "the figures are worth nothing: \(text)"
        case .failed(let text): text
        }
    }

    /// Runs a body and carries its error as one of this type.
    static func wrap<Result>(_ body: () throws -> Result) throws(BenchError) -> Result {
        do { return try body() } catch { throw BenchError(error) }
    }
}
