// JSON as text, written piece by piece: for documents that are too long to be held as a tree.
//
// Pure. Keys are written in the order of the calls, so that the same facts give the same bytes. Every string is
// escaped so that the text is valid JSON and stays harmless inside HTML too.

/// A JSON text in the making.
package struct JSONText: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Gives the bytes written so far and forgets them.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    package mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    package mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// `"key":`, with a comma before it unless it is the first of its object.
    package mutating func key(_ name: StaticString, first: Bool = false) {
        if !first { bytes.append(UInt8(ascii: ",")) }
        bytes.append(UInt8(ascii: "\""))
        raw(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    /// A member of an object: its key, and a text or null.
    package mutating func member(_ name: StaticString, _ value: String?, first: Bool = false) {
        key(name, first: first)
        string(value)
    }

    package mutating func member(_ name: StaticString, _ value: Bool, first: Bool = false) {
        key(name, first: first)
        boolean(value)
    }

    package mutating func member(_ name: StaticString, _ value: some BinaryInteger, first: Bool = false) {
        key(name, first: first)
        number(value)
    }

    package mutating func member(_ name: StaticString, _ values: [String], first: Bool = false) {
        key(name, first: first)
        strings(values)
    }

    package mutating func null() { raw("null") }
    package mutating func number(_ value: some BinaryInteger) { raw(String(value)) }
    package mutating func boolean(_ value: Bool) { raw(value ? "true" : "false") }

    package mutating func string(_ value: String?) {
        guard let value else { return null() }
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 { append(escaped: byte) }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A list of strings.
    package mutating func strings(_ values: [String]) {
        bytes.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            string(value)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func append(escaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case UInt8(ascii: "\n"): raw("\\n")
        case UInt8(ascii: "\r"): raw("\\r")
        case UInt8(ascii: "\t"): raw("\\t")
        case 0..<0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
            raw("\\u00")
            raw(byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16))
        default: bytes.append(byte)
        }
    }
}
