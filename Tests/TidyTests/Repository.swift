// The files of this repository, found from the place of this file.
//
// Reads only. What the build makes, and what git keeps for itself, is left out.

import Foundation

/// A text file of the repository.
struct RepositoryFile: Sendable {
    /// Relative to the repository's folder.
    let path: String
    let text: String

    var name: String { String(path.split(separator: "/").last ?? "") }

    /// The module that a source file belongs to; nil outside `Sources/`.
    var module: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// Whether a generator wrote it, by its own words.
    var isGenerated: Bool {
        text.split(separator: "\n", maxSplits: 4).prefix(4).contains { $0.contains("never edited by hand") }
    }
}

enum Repository {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let swiftFiles = files(below: ["Sources", "Tests"]) { $0.hasSuffix(".swift") }

    /// Text that people write: sources, scripts, configuration, documentation; no fixtures.
    static let writtenFiles: [RepositoryFile] = {
        let places = topLevelNames().filter { !$0.hasPrefix(".build") && $0 != ".git" }
        return files(below: places) { path in
            !path.contains("/Fixtures/") && isWritten(name: String(path.split(separator: "/").last ?? ""))
        }
    }()

    private static func isWritten(name: String) -> Bool {
        let parts = name.dropFirst().split(separator: ".")
        let endings: Set<Substring> = [
            "swift", "py", "md", "yaml", "yml", "json", "sh", "ini", "txt", "c", "h", "modulemap", "js", "css",
            "mustache",
        ]
        return parts.count < 2 || endings.contains(parts[parts.count - 1])
    }

    static func topLevelNames() -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        } catch {
            preconditionFailure("the repository's folder cannot be read: \(error)")
        }
    }

    /// Folders with fixtures, with what lies directly in each.
    static func fixtureFolders() -> [(path: String, names: [String])] {
        paths(below: "Tests").filter { $0.hasSuffix("/Fixtures") }.map { path in
            (path, paths(below: path).filter { !$0.dropFirst(path.count + 1).contains("/") })
        }
    }

    private static func files(below places: [String], where isWanted: (String) -> Bool) -> [RepositoryFile] {
        places.flatMap { place in
            (paths(below: place) + [place]).filter(isWanted).compactMap { path in
                guard let data = FileManager.default.contents(atPath: folder.appending(path: path).path),
                    let text = String(data: data, encoding: .utf8)
                else { return nil }
                return RepositoryFile(path: path, text: text)
            }
        }
    }

    private static func paths(below place: String) -> [String] {
        let inner = FileManager.default.enumerator(atPath: folder.appending(path: place).path)
        return (inner?.compactMap { $0 as? String } ?? []).map { "\(place)/\($0)" }.filter {
            !$0.contains("__pycache__")
        }
    }
}
