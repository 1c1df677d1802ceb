// Swift source as code alone: what is in string literals and comments is blanked, line by line as it was.
//
// Pure. Knows just enough of the language: // and nested /* */ comments, "…", """…""", #"…"#, and \( ) in them.
// It never says whether the source would compile.

/// Blanks literals and comments.
struct SourceText {
    private var rest: [Character]
    private var position = 0
    private var output: [Character] = []

    /// The code of a source text, with the same line numbers.
    static func code(of text: String) -> String {
        var scanner = SourceText(rest: Array(text))
        scanner.scanCode(untilClosing: false)
        return String(scanner.output)
    }

    private init(rest: [Character]) {
        self.rest = rest
    }

    private func sees(_ text: String) -> Bool {
        let wanted = Array(text)
        return position + wanted.count <= rest.count && rest[position..<position + wanted.count].elementsEqual(wanted)
    }

    private mutating func take() {
        output.append(rest[position])
        position += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for character in rest[position..<min(position + count, rest.count)] {
            output.append(character.isNewline ? character : " ")
        }
        position += count
    }

    /// - Parameter untilClosing: Whether to stop after the parenthesis that closes an interpolation.
    private mutating func scanCode(untilClosing: Bool) {
        var depth = 1
        while position < rest.count {
            if sees("//") {
                while position < rest.count, !rest[position].isNewline { blank() }
            } else if sees("/*") {
                scanBlockComment()
            } else if sees("\"") || sees("#\"") || sees("##\"") {
                scanString()
            } else {
                if untilClosing, sees("(") { depth += 1 }
                if untilClosing, sees(")") { depth -= 1 }
                take()
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
        } while depth > 0 && position < rest.count
    }

    private mutating func scanString() {
        var hashes = ""
        while sees("#") {
            hashes += "#"
            blank()
        }
        let quotes = sees("\"\"\"") ? "\"\"\"" : "\""
        blank(quotes.count)
        while position < rest.count, !sees(quotes + hashes) {
            if sees("\\" + hashes + "(") {
                blank(2 + hashes.count)
                scanCode(untilClosing: true)
            } else {
                blank(hashes.isEmpty && sees("\\") ? 2 : 1)
            }
        }
        blank(quotes.count + hashes.count)
    }
}
