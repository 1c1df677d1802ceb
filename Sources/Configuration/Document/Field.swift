// One value of a configuration file, with the place where it stands.
//
// Owns the way from a YAML node to a message with file, line and key. Text is kept as it was written, so that
// `0.20`, `007` and `NO` stay what they are. Never decides what a value means; that is `Decode`'s.

internal import Yams

/// A node of a document, and how a person would call it.
struct Field {
    let node: Node
    /// The file from the site's root.
    let file: String
    /// The keys that lead here: `readers[1].weight`; empty for the whole document.
    let path: String
    let log: ProblemLog

    var line: Int { node.mark?.line ?? 1 }
    var column: Int { node.mark?.column ?? 1 }

    /// Notes a problem of this field.
    func fail(_ message: String) {
        log.add(file, line: line, column: column, path.isEmpty ? message : "\(path): \(message)")
    }

    /// Whether nothing stands here: an empty value, `~` or an unquoted `null`.
    var isNull: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// The text as written, quotes taken off; nil for a list, a mapping or null.
    var scalarText: String? {
        guard case .scalar(let scalar) = node, !isNull else { return nil }
        return scalar.string
    }

    /// Whether the value stands without quotes, so that it may be a number, a word or null.
    var isPlain: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain || scalar.style == .any
    }

    /// What stands here, for messages: `"heavy"`, `a list`, `nothing`.
    var shown: String {
        switch node {
        case .scalar(let scalar): isNull ? "nothing" : "\"\(Self.shortened(scalar.string))\""
        case .sequence: "a list"
        case .mapping: "a block of keys"
        case .alias: "an alias"
        }
    }

    /// The items of a list; nil when this is no list.
    var items: [Field]? {
        guard case .sequence(let sequence) = node else { return nil }
        return sequence.enumerated().map { offset, item in
            Field(node: item, file: file, path: "\(path)[\(offset)]", log: log)
        }
    }

    /// The keys and values of a block, in the order of the file; nil when this is no block.
    var entries: [(key: Field, value: Field)]? {
        guard case .mapping(let mapping) = node else { return nil }
        return mapping.map { key, value in
            let name = path.isEmpty ? key.scalar?.string ?? "?" : path + "." + (key.scalar?.string ?? "?")
            return (
                Field(node: key, file: file, path: path, log: log), Field(node: value, file: file, path: name, log: log)
            )
        }
    }

    /// The same place under a longer name.
    func named(_ path: String) -> Field { Field(node: node, file: file, path: path, log: log) }

    private static func shortened(_ text: String) -> String {
        let limit = 60
        return text.count <= limit ? text : text.prefix(limit) + "…"
    }
}
