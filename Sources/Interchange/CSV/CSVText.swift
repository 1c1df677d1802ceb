// CSV in the making: records of fields, for files that spreadsheets open and programs read.
//
// Pure. A text that a spreadsheet would compute is kept as text by an apostrophe before it; numbers of our own are written
// as they are, so that a negative amount stays a number.
// Source: RFC 4180.

/// A CSV text, written record by record.
package struct CSVText: Sendable {
    /// A field of a record.
    package enum Field: Sendable {
        /// What somebody wrote; nil is an empty field.
        case text(String?)
        /// A number or an instant of our own; nil is an empty field.
        case plain(String?)

        package static func number(_ value: (some BinaryInteger)?) -> Field { .plain(value.map { String($0) }) }
    }

    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Gives what is written so far and forgets it.
    package mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    package mutating func record(_ fields: [Field]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch field {
            case .text(let text): append(text ?? "", isGuarded: true)
            case .plain(let text): append(text ?? "", isGuarded: false)
            }
        }
        bytes.append(contentsOf: [0x0D, 0x0A])
    }

    private mutating func append(_ text: String, isGuarded: Bool) {
        let isFormula = isGuarded && text.utf8.first.map(Self.begins) ?? false
        let isQuoted = text.utf8.contains(where: Self.needsQuotes)
        if isQuoted { bytes.append(Self.quote) }
        if isFormula { bytes.append(UInt8(ascii: "'")) }
        if isQuoted {
            for byte in text.utf8 {
                if byte == Self.quote { bytes.append(Self.quote) }
                bytes.append(byte)
            }
            bytes.append(Self.quote)
        } else {
            bytes.append(contentsOf: text.utf8)
        }
    }

    private static let quote = UInt8(ascii: "\"")

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == quote || byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
    }

    /// Whether a spreadsheet takes what begins so for a formula.
    private static func begins(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: true
        default: false
        }
    }
}
