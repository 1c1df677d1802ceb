// The bundles beside the tests, and bundles made of bytes.

import Bundles
import Foundation

/// Reads committed bundles and puts changed ones into temporary files.
enum Fixture {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../Fixtures/bundles").standardizedFileURL

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    static func names(in subfolder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: subfolder).path).sorted()
    }

    /// An open file of these bytes, without a name.
    static func withFile<Result>(_ bytes: [UInt8], _ body: (Int32) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "bundle-\(UUID().uuidString)")
        try Data(bytes).write(to: url)
        let descriptor = open(url.path, O_RDONLY)
        defer { close(descriptor) }
        try FileManager.default.removeItem(at: url)
        return try body(descriptor)
    }
}
