// HL7Escapes owns the reading of escape sequences in a text: \F\ \S\ \T\ \R\ \E\ \Xdd..\ and the commands for lines.
//
// Source: HL7 v2.5 chapter 2, section 2.7. Highlighting is dropped. A backslash that begins no sequence that is known
// here stays in the text: many senders write one without escaping it.

/// The reader of escape sequences.
struct HL7Escapes: Sendable {
    let delimiters: HL7Delimiters
    let characterSet: HL7CharacterSet
    /// Characters of the longest sequence; what is longer is text.
    static let maximumCount = 4096

    /// The text that is meant.
    ///
    /// - Returns: nil when a \X..\ sequence has no meaning in the character set.
    func text(_ raw: String) -> String? {
        guard let escape = delimiters.escape, raw.unicodeScalars.contains(escape) else { return raw }
        let scalars = Array(raw.unicodeScalars)
        var text = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            guard scalars[index] == escape else {
                text.append(scalars[index])
                index += 1
                continue
            }
            let rest = scalars[(index + 1)...].prefix(Self.maximumCount)
            guard let end = rest.firstIndex(of: escape), let command = meaning(rest[..<end]) else {
                text.append(escape)
                index += 1
                continue
            }
            guard let meant = command.text else { return nil }
            text.append(contentsOf: meant.unicodeScalars)
            index = end + 1
        }
        return String(text)
    }

    /// What a known sequence stands for.
    private struct Meaning {
        /// nil for bytes without meaning.
        let text: String?
    }

    /// - Returns: nil for what is no sequence.
    private func meaning(_ command: ArraySlice<Unicode.Scalar>) -> Meaning? {
        let name = command.reduce(into: "") { $0.unicodeScalars.append($1) }
        switch name {
        case "F": return Meaning(text: String(delimiters.field))
        case "S": return Meaning(text: String(delimiters.component))
        case "R": return Meaning(text: String(delimiters.repetition))
        case "T": return Meaning(text: delimiters.subcomponent.map { String($0) } ?? "&")
        case "E": return Meaning(text: delimiters.escape.map { String($0) } ?? "")
        case "H", "N": return Meaning(text: "")
        case ".br", ".sp", ".ce": return Meaning(text: "\n")
        default: return bytes(name).map { Meaning(text: characterSet.decode($0)) }
        }
    }

    /// The bytes of `Xdd..`.
    private func bytes(_ command: String) -> [UInt8]? {
        guard command.hasPrefix("X"), command.utf8.count > 1, command.utf8.count % 2 == 1 else { return nil }
        let digits = Array(command.utf8.dropFirst())
        guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
    }
}
