// HL7Segment owns one segment of a message: its fields by number, their repetitions, components and subcomponents.
//
// Pure. Field numbers are those of the standard: MSH-1 is the separator itself. `""`, which deletes a value in HL7, is
// no value.

/// A segment.
struct HL7Segment: Sendable {
    /// Three characters.
    let name: String
    /// Which of its name it is in its message, from 1.
    let ordinal: Int
    /// Which segment of the file it is, from 1.
    let line: Int
    /// `message 2, ` in files of several messages.
    let prefix: String
    let escapes: HL7Escapes
    private let fields: [String]

    init(_ text: String, ordinal: Int, line: Int, prefix: String, escapes: HL7Escapes) {
        var fields = HL7Delimiters.split(text, escapes.delimiters.field)
        name = fields[0]
        if ["MSH", "FHS", "BHS"].contains(name) { fields.insert(String(escapes.delimiters.field), at: 1) }
        self.fields = fields
        self.ordinal = ordinal
        self.line = line
        self.prefix = prefix
        self.escapes = escapes
    }

    var fieldCount: Int { fields.count - 1 }

    /// `OBX[3]-5`, or the segment as a whole.
    func place(_ field: Int? = nil) -> ItemPlace {
        ItemPlace(line: line, field: "\(prefix)\(name)[\(ordinal)]" + (field.map { "-\($0)" } ?? ""))
    }

    /// A field as it was written; "" when it is missing.
    func raw(_ field: Int) -> String { field < fields.count ? fields[field] : "" }

    /// The repetitions of a field that say something, as they were written.
    func repetitions(_ field: Int) -> [String] {
        HL7Delimiters.split(raw(field), escapes.delimiters.repetition).filter { !$0.isEmpty && $0 != "\"\"" }
    }

    /// A component of one repetition, on one line; nil when it is empty.
    ///
    /// - Parameter subcomponent: From 1, as is `component`.
    func component(
        _ component: Int, of repetition: String, field: Int, subcomponent: Int? = nil
    ) throws(ItemError) -> String? {
        let parts = HL7Delimiters.split(repetition, escapes.delimiters.component)
        guard component <= parts.count else { return nil }
        var part = parts[component - 1]
        if let subcomponent, let separator = escapes.delimiters.subcomponent {
            let inner = HL7Delimiters.split(part, separator)
            part = subcomponent <= inner.count ? inner[subcomponent - 1] : ""
        }
        return try FieldSyntax.line(try unescaped(part, field), at: place(field))
    }

    /// A component of the first repetition.
    func component(_ component: Int, field: Int, subcomponent: Int? = nil) throws(ItemError) -> String? {
        guard let first = repetitions(field).first else { return nil }
        return try self.component(component, of: first, field: field, subcomponent: subcomponent)
    }

    /// The whole of a text field: repetitions are its lines, and what separates components elsewhere is text here.
    func text(_ field: Int) throws(ItemError) -> String? {
        var lines: [String] = []
        for line in HL7Delimiters.split(raw(field), escapes.delimiters.repetition) where line != "\"\"" {
            lines.append(try unescaped(line, field))
        }
        return try FieldSyntax.text(lines.joined(separator: "\n"), at: place(field))
    }

    private func unescaped(_ raw: String, _ field: Int) throws(ItemError) -> String {
        guard let text = escapes.text(raw) else {
            throw place(field).fault("an escaped byte means nothing in the character set of MSH-18")
        }
        return text
    }
}
