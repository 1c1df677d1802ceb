// An attestation: the `<name>.sha256` that a sender uploads last.
//
// Pure. Lines are as `sha256sum` prints them; the last one, `# end N`, says how many there are, so that a list that is
// itself cut off is never taken for whole. A mistake names its line, what is wrong and what would be right.

package import Files

/// The files that a sender attests, with their digests.
package struct ChecksumList: Sendable, Equatable {
    /// One line.
    package struct Entry: Sendable, Equatable {
        /// The path's bytes, without a leading `./`.
        package let path: [UInt8]
        package let digest: SHA256Digest
    }

    /// Why a list cannot be used yet, or ever.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        /// 1-based; nil when it is the list as a whole.
        package let line: Int?
        package let text: String

        package init(line: Int?, text: String) {
            self.line = line
            self.text = text
        }

        package var description: String { line.map { "line \($0): \(text)" } ?? text }
    }

    package let entries: [Entry]

    /// Bytes of an attestation that are read at most.
    package static let byteLimit = 256 << 20
    private static let endMark = Array("# end ".utf8)
    private static let digestDigits = 64

    /// - Throws: `Problem` when a line is none of `sha256sum`'s, or the end line is missing or says another number.
    package init(_ bytes: [UInt8]) throws(Problem) {
        var entries: [Entry] = []
        var declared: Int?
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            if line.starts(with: Self.endMark) {
                let number = String(decoding: line.dropFirst(Self.endMark.count), as: UTF8.self)
                guard let count = Int(number.filter { $0 != "\r" }) else {
                    throw Problem(line: index + 1, text: "'# end' has no number; it says how many files there are")
                }
                declared = count
            } else if line.first != UInt8(ascii: "#") {
                entries.append(try Self.entry(line, number: index + 1))
            }
        }
        guard bytes.last == UInt8(ascii: "\n"), let declared else {
            throw Problem(line: nil, text: "the last line '# end \(entries.count)' is missing: the list is not whole")
        }
        guard declared == entries.count else {
            throw Problem(line: nil, text: "the last line says \(declared) files, the list has \(entries.count)")
        }
        self.entries = entries
    }

    /// The digest of a folder drop: SHA-256 of its `sha256sum` lines, sorted by the paths' bytes.
    package static func digest(of files: [(path: [UInt8], digest: SHA256Digest)]) -> SHA256Digest {
        let hash = SHA256()
        for file in files.sorted(by: { $0.path.lexicographicallyPrecedes($1.path) }) {
            ChecksumLine.text(digest: file.digest, path: file.path).withUnsafeBytes { hash.update($0) }
        }
        return hash.finish()
    }

    private static func entry(_ line: ArraySlice<UInt8>, number: Int) throws(Problem) -> Entry {
        let isEscaped = line.first == UInt8(ascii: "\\")
        let rest = isEscaped ? line.dropFirst() : line
        let hex = String(decoding: rest.prefix(digestDigits), as: UTF8.self)
        let mark = rest.dropFirst(digestDigits)
        guard let digest = SHA256Digest(hex: hex), mark.count > 2, mark.first == UInt8(ascii: " "),
            [UInt8(ascii: " "), UInt8(ascii: "*")].contains(mark[mark.startIndex + 1])
        else {
            throw Problem(
                line: number, text: "it is no line of sha256sum: 64 hexadecimal digits, two spaces and a path")
        }
        var path = Array(mark.dropFirst(2))
        if path.last == UInt8(ascii: "\r"), !isEscaped { path.removeLast() }
        if isEscaped { path = try unescaped(path, number: number) }
        if path.starts(with: "./".utf8) { path.removeFirst(2) }
        return Entry(path: path, digest: digest)
    }

    private static func unescaped(_ path: [UInt8], number: Int) throws(Problem) -> [UInt8] {
        var result: [UInt8] = []
        var rest = path[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
            case UInt8(ascii: "\\"): result.append(UInt8(ascii: "\\"))
            default: throw Problem(line: number, text: "after a backslash comes n, r or a backslash")
            }
        }
        return result
    }
}
