// JSONFields owns the reading of one object's fields: each of the right kind, none twice, none unknown.
//
// Invariant: an object is refused before any of its fields is read when it has a key that nobody knows, so that a
// typing error never passes silently (contract, section 3). null is as good as left out; so is an empty text.

/// The fields of one JSON object.
struct JSONFields {
    /// What the object is, with its article: `a diagnosis`.
    let what: String
    /// JSON pointer of the object; "" for the item itself.
    let pointer: String
    private let nodes: [String: JSONNode]
    private let offset: Int
    private let lines: LineTable

    /// - Parameter known: The keys that the object may have.
    /// - Throws: When it is no object, has a key twice or an unknown one.
    init(_ node: JSONNode, pointer: String, what: String, known: [String], lines: LineTable) throws(ItemError) {
        guard case .object(let members) = node.value else {
            throw lines.place(node.offset, field: pointer).fault("\(what) is an object, and here stands \(node.kind)")
        }
        var nodes: [String: JSONNode] = [:]
        for member in members {
            guard known.contains(member.key) else {
                let hint = Nearest.hint(member.key, among: known)
                throw lines.place(member.keyOffset, field: pointer).fault(
                    "\(Quoted.text(member.key)) is no field of \(what)\(hint)")
            }
            guard nodes.updateValue(member.node, forKey: member.key) == nil else {
                throw lines.place(member.keyOffset, field: pointer).fault("the field '\(member.key)' is given twice")
            }
        }
        self.nodes = nodes
        self.what = what
        self.pointer = pointer
        self.offset = node.offset
        self.lines = lines
    }

    /// Where the object starts.
    var place: ItemPlace { lines.place(offset, field: pointer) }

    /// Where a field's value is; where the object is, when it is left out.
    func place(_ key: String) -> ItemPlace {
        lines.place(nodes[key]?.offset ?? offset, field: "\(pointer)/\(key)")
    }

    private func node(_ key: String) -> JSONNode? {
        nodes[key].flatMap { $0.isNull ? nil : $0 }
    }

    private func wrong(_ key: String, _ node: JSONNode, _ kind: String) -> ItemError {
        place(key).fault("'\(key)' is \(kind), and here stands \(node.kind)")
    }

    /// The value, which must be there.
    func required<Value>(_ value: Value?, _ key: String) throws(ItemError) -> Value {
        guard let value else { throw place.fault("the field '\(key)' of \(what) is missing") }
        return value
    }

    func rawString(_ key: String) throws(ItemError) -> String? {
        guard let node = node(key) else { return nil }
        guard case .string(let text) = node.value else { throw wrong(key, node, "a string") }
        return text
    }

    /// A string on one line.
    func line(_ key: String) throws(ItemError) -> String? {
        guard let text = try rawString(key) else { return nil }
        return try FieldSyntax.line(text, at: place(key))
    }

    /// A string of any number of lines.
    func text(_ key: String) throws(ItemError) -> String? {
        guard let text = try rawString(key) else { return nil }
        return try FieldSyntax.text(text, at: place(key))
    }

    /// A string on one line with a syntax of its own.
    func line(
        _ key: String, _ check: (String, @autoclosure () -> ItemPlace) throws(ItemError) -> String
    ) throws(ItemError) -> String? {
        guard let text = try line(key) else { return nil }
        return try check(text, place(key))
    }

    /// One of some words.
    func word(_ key: String, of words: [String]) throws(ItemError) -> String? {
        guard let text = try line(key) else { return nil }
        return try FieldSyntax.word(text, of: words, at: place(key))
    }

    /// One of an enumeration's words.
    func word<Word: RawRepresentable<String> & CaseIterable>(
        _ key: String, _ type: Word.Type
    ) throws(ItemError) -> Word? {
        try word(key, of: type.allCases.map(\.rawValue)).flatMap { Word(rawValue: $0) }
    }

    func number(_ key: String) throws(ItemError) -> Double? {
        guard let node = node(key) else { return nil }
        guard case .number(let digits) = node.value else { throw wrong(key, node, "a number") }
        guard let number = Double(digits), number.isFinite else {
            throw place(key).fault("\(digits) is too large a number")
        }
        return number
    }

    /// A whole number of at least `least`.
    func integer(_ key: String, atLeast least: Int) throws(ItemError) -> Int? {
        guard let number = try number(key) else { return nil }
        guard let integer = Int(exactly: number), integer >= least, integer <= Int32.max else {
            throw place(key).fault("'\(key)' must be a whole number of at least \(least)")
        }
        return integer
    }

    func boolean(_ key: String) throws(ItemError) -> Bool? {
        guard let node = node(key) else { return nil }
        guard case .boolean(let isTrue) = node.value else { throw wrong(key, node, "true or false") }
        return isTrue
    }

    /// The elements of an array, each with its JSON pointer.
    func array(_ key: String) throws(ItemError) -> [(node: JSONNode, pointer: String)]? {
        guard let node = node(key) else { return nil }
        guard case .array(let nodes) = node.value else { throw wrong(key, node, "an array") }
        return nodes.enumerated().map { ($1, "\(pointer)/\(key)/\($0)") }
    }

    /// The elements of an array of strings on one line, none empty and none twice.
    func lines(_ key: String) throws(ItemError) -> [String]? {
        guard let elements = try array(key) else { return nil }
        var found: [String] = []
        var known: Set<String> = []
        for element in elements {
            guard case .string(let text) = element.node.value,
                let line = try FieldSyntax.line(text, at: place(of: element))
            else { throw place(of: element).fault("'\(key)' holds texts, and here stands \(element.node.kind)") }
            guard known.insert(line).inserted else {
                throw place(of: element).fault("\(Quoted.text(line)) is named twice")
            }
            found.append(line)
        }
        return found
    }

    private func place(of element: (node: JSONNode, pointer: String)) -> ItemPlace {
        lines.place(element.node.offset, field: element.pointer)
    }

    /// An object inside this one.
    func object(_ key: String, what: String, known: [String]) throws(ItemError) -> JSONFields? {
        guard let node = node(key) else { return nil }
        return try JSONFields(node, pointer: "\(pointer)/\(key)", what: what, known: known, lines: lines)
    }

    /// An object that is an element of an array inside this one.
    func element(
        _ element: (node: JSONNode, pointer: String), what: String, known: [String]
    ) throws(ItemError) -> JSONFields {
        try JSONFields(element.node, pointer: element.pointer, what: what, known: known, lines: lines)
    }

    /// Whether a field is a string.
    func isString(_ key: String) -> Bool {
        if case .string = node(key)?.value { true } else { false }
    }

    /// Whether a field is there and not null.
    func has(_ key: String) -> Bool { node(key) != nil }

    /// The field's node as a number or a string of decimal digits.
    func decimal(_ key: String) throws(ItemError) -> Double? {
        guard let node = node(key), case .string(let text) = node.value else { return try number(key) }
        guard let number = Double(text), number.isFinite,
            text.utf8.allSatisfy({ FieldSyntax.isDigit($0) || $0 == 0x2E })
        else { throw place(key).fault("\(Quoted.text(text)) is no number") }
        return number
    }
}
