// JSONNode owns one value of a JSON text as it was written: numbers as their digits, members in order with their
// repetitions, each with its place. Foundation's reader keeps none of these.

/// A value and where it starts.
struct JSONNode: Sendable {
    /// What stands there.
    indirect enum Value: Sendable {
        case null
        case boolean(Bool)
        /// As it was written.
        case number(String)
        case string(String)
        case array([JSONNode])
        case object([Member])
    }

    /// A key with its value.
    struct Member: Sendable {
        let key: String
        /// Bytes from the start of the text to the key.
        let keyOffset: Int
        let node: JSONNode
    }

    /// Bytes from the start of the text.
    let offset: Int
    let value: Value

    var isNull: Bool { if case .null = value { true } else { false } }

    /// `a string`, as messages name it.
    var kind: String {
        switch value {
        case .null: "null"
        case .boolean: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
