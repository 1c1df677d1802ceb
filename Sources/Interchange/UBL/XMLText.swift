// XML in the making: elements with attributes and text, and nothing else of XML.
//
// Pure. Invariant: what it gives is well formed whatever the texts hold: markup is escaped, and characters that XML 1.0 does
// not know are left out. An element without content is never written, because receivers refuse empty ones.

/// An element.
struct XMLElement: Sendable {
    let name: String
    let attributes: [(name: String, value: String)]
    private let content: Content

    private enum Content: Sendable {
        case text(String)
        case children([XMLElement])
    }

    /// - Returns: nil for nil and for text of white space alone.
    init?(_ name: String, _ text: String?, attributes: [(name: String, value: String)] = []) {
        guard let text, text.contains(where: { !$0.isWhitespace }) else { return nil }
        self.name = name
        self.attributes = attributes
        content = .text(text)
    }

    /// - Returns: nil when no child is there.
    init?(_ name: String, attributes: [(name: String, value: String)] = [], _ children: [XMLElement?]) {
        let children = children.compactMap(\.self)
        guard !children.isEmpty else { return nil }
        self.name = name
        self.attributes = attributes
        content = .children(children)
    }

    /// A whole document in UTF-8.
    var document: [UInt8] {
        var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
        write(into: &bytes, depth: 0)
        return bytes
    }

    private func write(into bytes: inout [UInt8], depth: Int) {
        let indent = [UInt8](repeating: UInt8(ascii: " "), count: depth * 2)
        bytes += indent
        bytes += Array("<\(name)".utf8)
        for attribute in attributes { bytes += Array(" \(attribute.name)=\"\(Self.escaped(attribute.value))\"".utf8) }
        switch content {
        case .text(let text): bytes += Array(">\(Self.escaped(text))".utf8)
        case .children(let children):
            bytes += Array(">\n".utf8)
            for child in children { child.write(into: &bytes, depth: depth + 1) }
            bytes += indent
        }
        bytes += Array("</\(name)>\n".utf8)
    }

    /// - Source: XML 1.0, productions 2 (characters) and 14 (what text must not hold).
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
            case "\n", "\t", "\r": result.append(" ")
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
