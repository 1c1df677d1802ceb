// JSONScanner owns the reading of JSON text (RFC 8259) value by value, within JSONLimits. It is strict: no comments,
// no comma too many, no raw control characters, no lone surrogates.
//
// It exists beside Foundation's reader because a receipt must say the line, must refuse keys that are given twice, and
// must hold memory for one item of a long array only.

/// A reader of JSON values with their places.
struct JSONScanner {
    let bytes: [UInt8]
    let limits: JSONLimits
    /// Of the next byte.
    var position = 0
    private var nodeCount = 0

    init(_ bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    func fault(_ text: String, at offset: Int? = nil) -> ItemError {
        LineTable(bytes).place(offset ?? position).fault(text)
    }

    mutating func skipSpace() {
        while let next, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { position += 1 }
    }

    /// Passes one byte after white space, if it is next.
    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard let next, UInt32(next) == byte.value else { return false }
        position += 1
        return true
    }

    /// The next value, with a budget of nodes of its own.
    mutating func item() throws(ItemError) -> JSONNode {
        nodeCount = 0
        return try value(depth: 0)
    }

    private mutating func value(depth: Int) throws(ItemError) -> JSONNode {
        skipSpace()
        try count()
        let offset = position
        guard let next else { throw fault("the text ends where a value is missing") }
        switch next {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < limits.maximumDepth else {
                throw fault("more than \(limits.maximumDepth) arrays and objects stand inside each other")
            }
            position += 1
            let value = try next == UInt8(ascii: "{") ? object(depth: depth + 1) : array(depth: depth + 1)
            return JSONNode(offset: offset, value: value)
        case UInt8(ascii: "\""): return JSONNode(offset: offset, value: .string(try string()))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return JSONNode(offset: offset, value: .number(try number()))
        default: return JSONNode(offset: offset, value: try word())
        }
    }

    private mutating func count() throws(ItemError) {
        nodeCount += 1
        if nodeCount > limits.maximumNodeCount {
            throw fault("one item holds more than \(limits.maximumNodeCount) values")
        }
    }

    private mutating func array(depth: Int) throws(ItemError) -> JSONNode.Value {
        var nodes: [JSONNode] = []
        if take("]") { return .array(nodes) }
        repeat { nodes.append(try value(depth: depth)) } while take(",")
        guard take("]") else { throw fault("expected ',' or ']' here") }
        return .array(nodes)
    }

    private mutating func object(depth: Int) throws(ItemError) -> JSONNode.Value {
        var members: [JSONNode.Member] = []
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            try count()
            let offset = position
            guard next == UInt8(ascii: "\"") else { throw fault("expected a key in double quotes here") }
            let key = try string()
            guard take(":") else { throw fault("expected ':' after the key \(Quoted.text(key))") }
            members.append(JSONNode.Member(key: key, keyOffset: offset, node: try value(depth: depth)))
        } while take(",")
        guard take("}") else { throw fault("expected ',' or '}' here") }
        return .object(members)
    }

    private mutating func word() throws(ItemError) -> JSONNode.Value {
        let words: [(StaticString, JSONNode.Value)] = [
            ("null", .null), ("true", .boolean(true)), ("false", .boolean(false)),
        ]
        for (word, value) in words {
            let isNext = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
            guard isNext else { continue }
            position += word.utf8CodeUnitCount
            return value
        }
        throw fault(
            "expected a value here: an object, an array, a string in double quotes, a number, true, false, null")
    }

    private mutating func number() throws(ItemError) -> String {
        let start = position
        if next == UInt8(ascii: "-") { position += 1 }
        let hasLeadingZero = next == UInt8(ascii: "0")
        let wholeCount = passDigits()
        var isValid = wholeCount == 1 || wholeCount > 1 && !hasLeadingZero
        if next == UInt8(ascii: ".") {
            position += 1
            isValid = passDigits() > 0 && isValid
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            isValid = passDigits() > 0 && isValid
        }
        guard isValid, position - start <= 64 else { throw fault("this is no JSON number", at: start) }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func passDigits() -> Int {
        let start = position
        while let next, FieldSyntax.isDigit(next) { position += 1 }
        return position - start
    }
}
