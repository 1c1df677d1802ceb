// Finds the charts in which a number or an entry's name stands: lines in 256 files, by the digest of what is looked for.
//
// Invariants: lines are only added, before the chart itself is written, so that a kill between leaves a line too many, which
// whoever reads passes over. Memory: one file of them.

import Files
import Radiology

struct ChartNumbers {
    let folder: String

    enum Kind: String {
        /// An accession number or study UID.
        case number = "n"
        /// The name of an entry.
        case entry = "e"
    }

    private static let byteLimit = 1 << 30

    private func file(_ value: String) -> String {
        "\(folder)/\(SHA256.digest(of: Array(value.utf8)).hex.prefix(2)).tsv"
    }

    private static func line(_ kind: Kind, _ value: String, _ chart: String) -> String {
        "\(kind.rawValue)\t\(ExamKey.escaped(value))\t\(chart)"
    }

    /// Notes that values stand in a chart.
    func add(_ values: [(kind: Kind, value: String)], chart: String) throws(FilesError) {
        let files = Dictionary(grouping: values) { file($0.value) }
        for (path, values) in files.sorted(by: { $0.key < $1.key }) {
            let there = try lines(path)
            let new = values.map { Self.line($0.kind, $0.value, chart) }.filter { !there.contains($0[...]) }
            if !new.isEmpty { try append(new, to: path) }
        }
    }

    private func append(_ lines: [String], to path: String) throws(FilesError) {
        let folder = try OpenDirectory.open(followingLinks: folder)
        let file = try folder.openOrCreateFile(FileName(Paths.lastComponent(of: path)), permissions: 0o600)
        try file.seek(to: try file.status().byteCount)
        // A line that a kill cut off ends here.
        try file.write("\n" + lines.joined(separator: "\n") + "\n")
        try file.synchronize()
    }

    private func lines(_ path: String) throws(FilesError) -> Set<Substring> {
        guard Paths.exists(path) else { return [] }
        let text = String(decoding: try Paths.read(path, limit: Self.byteLimit), as: UTF8.self)
        return Set(text.split(separator: "\n"))
    }

    /// The names of the charts in which a value stood at some time.
    func charts(_ kind: Kind, _ value: String) throws(FilesError) -> [String] {
        let start = Self.line(kind, value, "")
        return try lines(file(value)).filter { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }.sorted()
    }
}
