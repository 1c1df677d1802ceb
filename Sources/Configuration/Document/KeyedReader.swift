// Reads a block of keys by name, and reports every key that nobody asked for.
//
// Invariant: a key is either asked for or reported by `finish()`; a required key that is missing is reported with the
// place of its block. Never stops at a problem: it gives a placeholder, and the log keeps the load from succeeding.

/// A reader of one mapping.
final class KeyedReader {
    let field: Field
    private let values: [String: Field]
    private let keys: [Field]
    private var asked: [String] = []
    private let isBlock: Bool
    private let problemsBefore: Int

    /// - Parameter field: A mapping; anything else is reported, and read as a mapping without keys whose missing keys
    ///   are not reported on top of it.
    init(_ field: Field) {
        self.field = field
        problemsBefore = field.log.count
        let entries = field.entries ?? []
        keys = entries.map(\.key)
        isBlock = field.entries != nil
        if !isBlock { field.fail("here stands \(field.shown); a block of keys (`key: value`) is wanted") }
        values = Dictionary(
            entries.compactMap { entry in entry.key.scalarText.map { ($0, entry.value) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// Whether nothing is wrong with the block so far, so that it makes sense to compare it with others.
    var isSound: Bool { field.log.count == problemsBefore }

    /// The value of a key; nil when the key is absent or null.
    func given(_ key: String) -> Field? {
        asked.append(key)
        return values[key].flatMap { $0.isNull ? nil : $0 }
    }

    /// A key that must be there.
    func required<Value>(_ key: String, _ decode: (Field) -> Value?, else placeholder: Value) -> Value {
        guard let value = given(key) else {
            if isBlock { reportMissing(key) }
            return placeholder
        }
        return decode(value) ?? placeholder
    }

    /// A key that has a default.
    func value<Value>(_ key: String, _ decode: (Field) -> Value?, default usual: Value) -> Value {
        given(key).flatMap(decode) ?? usual
    }

    /// A key that may be absent or null.
    func optional<Value>(_ key: String, _ decode: (Field) -> Value?) -> Value? {
        given(key).flatMap(decode)
    }

    /// A list of blocks; empty when the key is absent.
    func blocks<Value>(_ key: String, _ decode: (KeyedReader) -> Value) -> [Value] {
        guard let value = given(key) else { return [] }
        guard let items = value.items else {
            value.fail("here stands \(value.shown); a list is wanted, each item starting with `- `")
            return []
        }
        return items.map { Self.block($0, decode) }
    }

    /// One block of keys, read to its end.
    static func block<Value>(_ field: Field, _ decode: (KeyedReader) -> Value) -> Value {
        let reader = KeyedReader(field)
        let value = decode(reader)
        reader.finish()
        return value
    }

    /// Reports the keys that were not asked for.
    func finish() {
        for key in keys {
            guard let name = key.scalarText else {
                key.fail("a key must be a word")
                continue
            }
            if !asked.contains(name) {
                key.fail("unknown key \"\(name)\"" + Spelling.advice(for: name, among: asked, noun: "known here are"))
            }
        }
    }

    private func reportMissing(_ key: String) {
        let name = field.path.isEmpty ? key : field.path + "." + key
        field.named(name).fail("this key is missing; add `\(key): ...`")
    }
}
