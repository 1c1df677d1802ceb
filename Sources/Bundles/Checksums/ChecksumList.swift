// A drop's attestation: the file `<name>.sha256`.
//
// It is what `sha256sum` prints, and a last line `# end N` by which the sender says that all N lines are
// there. Reading never throws: what is wrong with a list is part of its value.

/// A list of files and their SHA-256 digests.
package struct ChecksumList: Sendable {
    /// Something wrong with a line; lines count from 1.
    package struct Problem: Sendable, Equatable, CustomStringConvertible {
        package let line: Int
        package let text: String

        package var description: String { "line \(line): \(text)" }
    }

    /// How much of a list is read.
    package struct Limits: Sendable {
        package let byteCount: Int
        package let entries: Int
        package let pathLength: Int

        package init(byteCount: Int = 256 << 20, entries: Int = 1_000_000, pathLength: Int = 4096) {
            self.byteCount = byteCount
            self.entries = entries
            self.pathLength = pathLength
        }
    }

    package let entries: [ChecksumEntry]
    /// The N of `# end N`; nil without such a line at the end.
    package let declaredCount: Int?
    package let problems: [Problem]

    /// Whether the last line is `# end N`.
    package var hasEnd: Bool { declaredCount != nil }

    /// Whether the list is whole: ended, with as many lines as its end says, and nothing wrong with any.
    package var isWhole: Bool { problems.isEmpty && declaredCount == entries.count }

    /// Reads a list.
    package init(_ bytes: [UInt8], limits: Limits = Limits()) {
        var parser = ChecksumParser(limits: limits)
        parser.parse(bytes)
        entries = parser.entries
        declaredCount = parser.declaredCount
        problems = parser.problems
    }

    /// A list's text: lines sorted by the bytes of their paths, and the end line.
    ///
    /// - Parameter isEnded: Whether `# end N` is written.
    package static func text(of entries: [ChecksumEntry], isEnded: Bool = true) -> [UInt8] {
        var text: [UInt8] = []
        for entry in sorted(entries) { text += entry.line }
        if isEnded { text += Array("# end \(entries.count)\n".utf8) }
        return text
    }

    /// The digest of a folder: SHA-256 of its sorted `sha256sum` lines, without an end line.
    package static func digest(of entries: [ChecksumEntry]) -> [UInt8] {
        let digester = Digester(.sha256)
        for entry in sorted(entries) { digester.update(entry.line) }
        return digester.finish()
    }

    private static func sorted(_ entries: [ChecksumEntry]) -> [ChecksumEntry] {
        entries.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    }
}
