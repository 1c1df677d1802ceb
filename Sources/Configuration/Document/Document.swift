// From the text of a YAML file to a tree of fields, within limits.
//
// Owns the limits on what a configuration may cost to read: size, nesting, and no anchors at all, because a few aliases
// of aliases unfold to more than any memory holds. Never looks at what the keys mean.

internal import Yams

/// A parsed configuration file.
enum Document {
    /// Bytes of the longest file that is read.
    static let largestByteCount = 1 << 20
    /// Lists and blocks within each other.
    static let deepestNesting = 16

    /// Parses one document.
    ///
    /// - Returns: Nil when it is broken (and the log says so) or holds nothing but comments.
    static func parse(_ text: String, file: String, log: ProblemLog) -> Field? {
        guard text.utf8.count <= largestByteCount else {
            log.add(file, line: 1, column: 1, "the file is longer than \(largestByteCount) bytes; shorten it")
            return nil
        }
        if let line = lineOfReplacement(in: text) {
            log.add(file, line: line, column: 1, "this line is not UTF-8; save the file as UTF-8")
            return nil
        }
        if let line = lineOfAnchor(in: text) {
            log.add(
                file, line: line, column: 1,
                "anchors and aliases (&name, *name) are not read; write the value out (in a text, set a space after the &)"
            )
            return nil
        }
        let mark: Unicode.Scalar = "\u{FEFF}"
        let unmarked = text.unicodeScalars.first == mark ? String(text.unicodeScalars.dropFirst()) : text
        return composed(unmarked, file: file, log: log)
    }

    private static func composed(_ text: String, file: String, log: ProblemLog) -> Field? {
        do {
            guard let root = try Parser(yaml: text, encoding: .utf8).singleRoot() else { return nil }
            let field = Field(node: root, file: file, path: "", log: log)
            if field.isNull { return nil }
            if let deep = tooDeep(root, remaining: deepestNesting) {
                let place = Field(node: deep, file: file, path: "", log: log)
                place.fail("blocks and lists are nested more than \(deepestNesting) deep; nothing here needs that")
                return nil
            }
            return field
        } catch let error as YamlError {
            let place = SyntaxProblem(error)
            log.add(file, line: place.line, column: place.column, place.message)
        } catch {
            log.add(file, line: 1, column: 1, "this is not YAML: \(error)")
        }
        return nil
    }

    private static func tooDeep(_ node: Node, remaining: Int) -> Node? {
        let children: [Node]
        switch node {
        case .scalar, .alias: return nil
        case .sequence(let sequence): children = Array(sequence)
        case .mapping(let mapping): children = mapping.flatMap { [$0.key, $0.value] }
        }
        guard remaining > 0 else { return node }
        for child in children {
            if let deep = tooDeep(child, remaining: remaining - 1) { return deep }
        }
        return nil
    }

    /// The first line that defines an anchor. It is looked for in the bare text, comments and quoted text included,
    /// because a check that has to follow the quotes can be led astray by them.
    private static func lineOfAnchor(in text: String) -> Int? {
        var line = 1
        var previous = UInt8(ascii: "\n")
        var beforePrevious = previous
        for byte in text.utf8 {
            if previous == UInt8(ascii: "&"), mayStartNode(after: beforePrevious), !isBlank(byte) { return line }
            if byte == UInt8(ascii: "\n") { line += 1 }
            beforePrevious = previous
            previous = byte
        }
        return nil
    }

    private static func lineOfReplacement(in text: String) -> Int? {
        guard let place = text.unicodeScalars.firstIndex(of: "\u{FFFD}") else { return nil }
        return 1 + text.unicodeScalars[..<place].count { $0 == "\n" }
    }

    private static func mayStartNode(after byte: UInt8) -> Bool {
        isBlank(byte) || [UInt8](",:[{?-\u{FEFF}".utf8).contains(byte)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [UInt8](" \t\r\n".utf8).contains(byte) }
}
