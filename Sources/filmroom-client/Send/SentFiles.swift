// Which files of a watched folder have been received: a list of lines, one a file, only ever added to.

import Files
import Foundation

final class SentFiles {
    private let path: String
    private var known: Set<String> = []

    private static let byteLimit = 256 << 20

    init(outbox: Outbox, folder: String) throws {
        path = "\(outbox.path)/watch-\(SHA256.digest(of: Paths.real(folder) ?? folder).short).sent"
        guard Paths.exists(path) else { return }
        let text = String(decoding: try Paths.read(path, limit: Self.byteLimit), as: UTF8.self)
        known = Set(text.split(separator: "\n").map(String.init))
    }

    private static func line(_ path: String, _ status: FileStatus) -> String {
        "\(status.byteCount) \(status.modified) \(status.inode) \(FileName.text(of: Array(path.utf8)))"
    }

    func contains(_ path: String, _ status: FileStatus) -> Bool { known.contains(Self.line(path, status)) }

    /// Durable when this returns.
    func add(_ files: [(path: String, status: FileStatus)]) throws {
        let lines = files.map { Self.line($0.path, $0.status) }
        known.formUnion(lines)
        let folder = try OpenDirectory.open(followingLinks: Paths.parent(of: path))
        let file = try folder.openOrCreateFile(FileName(Paths.lastComponent(of: path)), permissions: 0o600)
        try file.seek(to: try file.status().byteCount)
        try file.write(lines.joined(separator: "\n") + "\n")
        try file.synchronize()
        try folder.synchronize()
    }
}
