// A folder for what a measurement leaves behind, removed at its end.

import Files
import Foundation

enum WorkFolder {
    /// Calls `body` with a new folder below `base`, and removes it with all that is in it, whatever comes of it.
    static func with<Result>(
        below base: String, _ body: (String) throws(BenchError) -> Result
    ) throws(BenchError) -> Result {
        let name = "work-\(getpid())"
        let path = "\(base)/\(name)"
        try BenchError.wrap { try Paths.makeDirectories(path) }
        let result = Swift.Result { () throws(BenchError) in try body(path) }
        try BenchError.wrap { try OpenDirectory.open(base).removeTree(FileName(name)) }
        return try result.get()
    }

    /// Where nothing else is said.
    static let usualBase = FileManager.default.temporaryDirectory.path + "/filmroom-bench"
}
