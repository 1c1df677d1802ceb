// HL7SegmentText owns the writing of a segment: fields by their numbers, with everything escaped that separates.
//
// Source: HL7 v2.5.1 chapter 2, sections 2.5.4 (delimiters) and 2.7 (escape sequences). Pure. A text can begin no segment,
// field or component of its own, whatever it holds.

/// A segment in the making.
struct HL7SegmentText {
    private var fields: [String]

    /// - Parameter name: Three capitals.
    init(_ name: String) {
        fields = [name]
    }

    /// A field of one component.
    mutating func set(_ number: Int, _ text: String?) { set(number, components: [text]) }

    /// A field of components; those at the end that are empty are left out.
    mutating func set(_ number: Int, components: [String?]) {
        while fields.count <= number { fields.append("") }
        var texts = components.map { Self.escaped($0 ?? "") }
        while texts.last == "" { texts.removeLast() }
        fields[number] = texts.joined(separator: "^")
    }

    /// A field of several repetitions, each of components.
    mutating func set(_ number: Int, repetitions: [[String?]]) {
        let written = repetitions.map { components in
            set(number, components: components)
            return fields[number]
        }
        set(number, raw: written.joined(separator: "~"))
    }

    /// A formatted text (FT) of several lines.
    ///
    /// - Source: HL7 v2.5.1 chapter 2, section 2.7.6.
    mutating func set(_ number: Int, lines text: String) {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        set(number, raw: lines.map { Self.escaped(String($0)) }.joined(separator: "\\.br\\"))
    }

    /// A field that is written as it is: delimiters of our own.
    mutating func set(_ number: Int, raw: String) {
        while fields.count <= number { fields.append("") }
        fields[number] = raw
    }

    /// The segment with its end.
    var text: String { fields.joined(separator: "|") + "\r" }

    /// A header: its first field is the separator itself.
    var headerText: String {
        ([fields[0], "^~\\&"] + fields.dropFirst(3)).joined(separator: "|") + "\r"
    }

    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|": result.append(contentsOf: "\\F\\".unicodeScalars)
            case "^": result.append(contentsOf: "\\S\\".unicodeScalars)
            case "~": result.append(contentsOf: "\\R\\".unicodeScalars)
            case "&": result.append(contentsOf: "\\T\\".unicodeScalars)
            case "\\": result.append(contentsOf: "\\E\\".unicodeScalars)
            case "\r", "\n", "\t", "\u{0B}", "\u{1C}", "\u{85}", "\u{2028}", "\u{2029}": result.append(" ")
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}": continue
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
