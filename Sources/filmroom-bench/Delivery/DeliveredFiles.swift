// What lies in the deliveries of one run: how many images, and the bytes of all files.

import Files
import Foundation

struct DeliveredFiles {
    private(set) var paths: [String] = []
    private(set) var imageCount = 0
    private(set) var byteCount: Int64 = 0

    /// - Parameters:
    ///   - folder: A party's `deliveries/`.
    ///   - prefix: What the names of the run's deliveries begin with, up to a dot.
    ///   - imageEnding: Of the files in `images/` that count.
    init(folder: String, prefix: String, imageEnding: String) throws(BenchError) {
        let names = try BenchError.wrap { try FileManager.default.contentsOfDirectory(atPath: folder) }
        for name in names where name.hasPrefix(prefix + ".") {
            guard let files = FileManager.default.enumerator(atPath: "\(folder)/\(name)") else { continue }
            for case let path as String in files {
                guard let status = Paths.status("\(folder)/\(name)/\(path)"), status.kind == .file else { continue }
                paths.append("\(folder)/\(name)/\(path)")
                byteCount += status.byteCount
                if path.contains("/images/"), path.hasSuffix(imageEnding) { imageCount += 1 }
            }
        }
    }
}
