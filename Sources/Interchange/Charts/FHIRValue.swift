// FHIRValue owns the way through a FHIR resource in JSON: members by name, lists, texts, each with its place.
//
// Pure. What is there and is of another kind than FHIR says reads as not being there; what a reader needs, it asks for.
// Source: HL7 FHIR R4, section 2.6.2 (JSON representation).

internal import Radiology

/// A value of a resource.
struct FHIRValue {
    let node: JSONNode
    /// `/entry/3/resource/subject`
    let path: String
    let lines: LineTable

    init(_ node: JSONNode, path: String, lines: LineTable) {
        self.node = node
        self.path = path
        self.lines = lines
    }

    var place: ItemPlace { lines.place(node.offset, field: path) }

    subscript(_ key: String) -> FHIRValue? {
        guard case .object(let members) = node.value, let member = members.first(where: { $0.key == key }),
            !member.node.isNull
        else { return nil }
        return FHIRValue(member.node, path: "\(path)/\(key)", lines: lines)
    }

    /// The elements of a member that is a list; the member alone where it is none.
    func all(_ key: String) -> [FHIRValue] {
        guard let value = self[key] else { return [] }
        guard case .array(let nodes) = value.node.value else { return [value] }
        return nodes.enumerated().map { FHIRValue($1, path: "\(value.path)/\($0)", lines: lines) }
    }

    /// The text, on one line.
    func line() throws(ItemError) -> String? {
        guard case .string(let text) = node.value else { return nil }
        return try FieldSyntax.line(text, at: place)
    }

    func line(_ key: String) throws(ItemError) -> String? { try self[key]?.line() ?? nil }

    func text(_ key: String) throws(ItemError) -> String? {
        guard let value = self[key], case .string(let text) = value.node.value else { return nil }
        return try FieldSyntax.text(text, at: value.place)
    }

    /// What a CodeableConcept says, in words where it has some.
    func concept(_ key: String) throws(ItemError) -> String? {
        guard let concept = all(key).first else { return nil }
        if let text = try concept.line("text") { return text }
        for coding in concept.all("coding") {
            if let display = try coding.line("display") { return display }
        }
        return try concept.all("coding").first?.line("code") ?? nil
    }

    /// Whether an identifier has a type of the code.
    func hasType(_ code: String) throws(ItemError) -> Bool {
        for coding in self["type"]?.all("coding") ?? [] where try coding.line("code") == code { return true }
        return false
    }

    /// The first of some members that is a date or time. Partial dates, such as a year, are none.
    func time(_ keys: [[String]]) throws(ItemError) -> String? {
        for path in keys {
            var value: FHIRValue? = self
            for key in path { value = value?[key] }
            guard let value, let text = try value.line(), text.utf8.count >= 10 else { continue }
            return try ChartSyntax.time(text, at: value.place)
        }
        return nil
    }
}
