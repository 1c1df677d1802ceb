// Values that are words of a known set, references to something declared elsewhere, and lists of them.
//
// Owns the messages with suggestions. A nil set of known names means that its file is broken or its list unreadable:
// then nothing is said about references to it, because each message would be a false one.

extension Decode {
    /// One of the words of an enumeration.
    static func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> (Field) -> Word?
    where Word.RawValue == String {
        { field in
            let text = field.scalarText ?? ""
            if let word = Word(rawValue: text) { return word }
            let words = Word.allCases.map(\.rawValue)
            field.fail(
                "here stands \(field.shown)" + Spelling.advice(for: text, among: words, noun: "one is wanted of"))
            return nil
        }
    }

    /// An id: 1 to 32 of `a-z`, `0-9` and `-`.
    static func identifier(_ field: Field) -> String? {
        guard let text = field.scalarText, isIdentifier(text) else {
            return refuse(field, "an id is wanted: 1 to 32 small letters, digits and hyphens")
        }
        return text
    }

    /// Whether a text has the form of an id.
    static func isIdentifier(_ text: String) -> Bool {
        let isRight = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-")
        }
        return isRight && (1...32).contains(text.utf8.count)
    }

    /// The id of something that is declared in `known`.
    static func reference(to known: Set<String>?, noun: String) -> (Field) -> String? {
        { field in
            guard let text = text(field) else { return nil }
            guard let known, !known.contains(text) else { return text }
            let advice =
                known.isEmpty
                ? "; none is declared yet" : Spelling.advice(for: text, among: known.sorted(), noun: "declared are")
            field.fail("there is no \(noun) \"\(text)\"" + advice)
            return nil
        }
    }

    /// A list of values, none of them twice. A single value stands for a list of one.
    static func list<Value: Equatable>(of decode: @escaping (Field) -> Value?, atLeast: Int = 0) -> (Field) -> [Value]?
    {
        { field in
            guard let items = field.items ?? (field.scalarText == nil ? nil : [field]) else {
                return refuse(field, "a list is wanted, such as [a, b]")
            }
            var values: [Value] = []
            for item in items {
                guard let value = decode(item) else { continue }
                if values.contains(value) { item.fail("\(item.shown) stands twice in this list; keep one") }
                values.append(value)
            }
            return items.count >= atLeast ? values : refuse(field, "at least \(atLeast) must be named here")
        }
    }

    /// `all`, or a list.
    static func selection(of decode: @escaping (Field) -> String?) -> (Field) -> Selection? {
        { field in
            if field.scalarText == "all" { return .all }
            guard field.items != nil else { return refuse(field, "`all` or a list is wanted, such as [a, b]") }
            return list(of: decode)(field).map(Selection.only)
        }
    }
}

extension Decode {
    /// A code string of DICOM: 1 to 16 capitals, digits, spaces and underscores (PS3.5 section 6.2, CS).
    static func code(_ field: Field) -> String? {
        let text = field.scalarText ?? ""
        guard isCode(text) else {
            return refuse(field, "a code of up to 16 capitals and digits is wanted, such as MG or TREAT")
        }
        return text
    }

    static func isCode(_ text: some StringProtocol) -> Bool {
        let isRight = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "_")
        }
        return isRight && (1...16).contains(text.utf8.count)
    }
}

extension Decode {
    /// A block whose keys are names rather than fixed words.
    static func block<Value>(
        of decode: @escaping (Field) -> Value?, keys: @escaping (Field) -> String?
    ) -> (Field) -> [String: Value]? {
        { field in
            guard let entries = field.entries else { return refuse(field, "a block of `name: value` is wanted") }
            var values: [String: Value] = [:]
            for (key, value) in entries {
                guard let name = keys(key), let decoded = decode(value) else { continue }
                values[name] = decoded
            }
            return values
        }
    }
}
