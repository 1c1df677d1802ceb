// Swift source as code alone: what is in string literals and comments is blanked, line by line as it was.
//
// Pure. Knows just enough of the language: // and nested /* */ comments, "…", """…""", #"…"#, and \( ) in them.
// It never says whether the source would compile.

/// Blanks literals and comments.
struct SourceText {
    private let bytes: [UInt8]
    private var position = 0
    private var output: [UInt8] = []

    /// The code of a source text, with the same line numbers.
    static func code(of text: String) -> String {
        var scanner = SourceText(bytes: Array(text.utf8))
        scanner.scanCode(untilClosing: false)
        return String(decoding: scanner.output, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count)
    }

    private func sees(_ text: StaticString, after distance: Int = 0) -> Bool {
        let start = position + distance
        guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { wanted in
            wanted.indices.allSatisfy { bytes[start + $0] == wanted[$0] }
        }
    }

    private func seesHashes(_ count: Int, after distance: Int) -> Bool {
        (0..<count).allSatisfy { sees("#", after: distance + $0) }
    }

    private mutating func blank(_ count: Int = 1) {
        for byte in bytes[position..<min(position + count, bytes.count)] {
            output.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
        }
        position += count
    }

    /// - Parameter untilClosing: Whether to stop after the parenthesis that closes an interpolation.
    private mutating func scanCode(untilClosing: Bool) {
        var depth = 1
        while position < bytes.count {
            if sees("//") {
                while position < bytes.count, !sees("\n") { blank() }
            } else if sees("/*") {
                scanBlockComment()
            } else if sees("\"") || sees("#\"") || sees("##\"") {
                scanString()
            } else {
                if untilClosing, sees("(") { depth += 1 }
                if untilClosing, sees(")") { depth -= 1 }
                output.append(bytes[position])
                position += 1
                if depth == 0 { return }
            }
        }
    }

    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if sees("/*") { depth += 1 }
            if sees("*/") { depth -= 1 }
            blank(sees("/*") || sees("*/") ? 2 : 1)
        } while depth > 0 && position < bytes.count
    }

    private mutating func scanString() {
        var hashCount = 0
        while sees("#") {
            hashCount += 1
            blank()
        }
        let isLong = sees("\"\"\"")
        let quoteCount = isLong ? 3 : 1
        blank(quoteCount)
        while position < bytes.count, !seesEnd(isLong: isLong, hashCount: hashCount) {
            if sees("\\"), seesHashes(hashCount, after: 1), sees("(", after: 1 + hashCount) {
                blank(2 + hashCount)
                scanCode(untilClosing: true)
            } else {
                blank(hashCount == 0 && sees("\\") ? 2 : 1)
            }
        }
        blank(quoteCount + hashCount)
    }

    private func seesEnd(isLong: Bool, hashCount: Int) -> Bool {
        (isLong ? sees("\"\"\"") : sees("\"")) && seesHashes(hashCount, after: isLong ? 3 : 1)
    }
}
