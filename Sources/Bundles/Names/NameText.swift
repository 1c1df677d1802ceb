// An entry's name as text.
//
// Always valid UTF-8 without control or direction characters, and the same for the same bytes. Names
// that are not UTF-8 are guessed: Shift_JIS, else CP437 (zip's own) or Latin-1. A guess only labels.

enum NameText {
    /// The name for display.
    ///
    /// - Parameters:
    ///   - bytes: The name as the archive has it.
    ///   - isZip: Whether the fallback is CP437, which APPNOTE.TXT D.1 sets, and not Latin-1.
    static func text(of bytes: [UInt8], isZip: Bool) -> String {
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return String(decoding: bytes, as: UTF8.self) }
        return escaped(decoded(bytes, isZip: isZip))
    }

    private static func decoded(_ bytes: [UInt8], isZip: Bool) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        if ShiftJIS.isLikely(bytes), let text = Charset.decode(bytes, from: "CP932") { return text }
        if isZip, let text = Charset.decode(bytes, from: "CP437") { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// Control and direction characters as `%XX` of their UTF-8 bytes.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isHidden(scalar) {
                for byte in String(scalar).utf8 { result += "%" + Hex.text(of: [byte]).uppercased() }
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        default: false
        }
    }
}
