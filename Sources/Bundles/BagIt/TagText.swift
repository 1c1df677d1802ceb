// The text of a bag's tag files, in the encoding that the bag declares.

enum TagText {
    private static let encodings = [
        "UTF-8", "UTF-16", "UTF-32", "ISO-8859-", "US-ASCII", "ASCII", "WINDOWS-125", "CP125", "SHIFT_JIS", "EUC-",
        "GB", "BIG5", "KOI8-",
    ]

    /// The text; nil when the encoding is unknown or the bytes do not fit it.
    static func decode(_ bytes: [UInt8], encoding: String) -> String? {
        let name = encoding.uppercased()
        guard encodings.contains(where: name.hasPrefix), name.allSatisfy(isNameCharacter) else { return nil }
        if name == "UTF-8" {
            let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
            return String(validating: bytes.dropFirst(hasMark ? 3 : 0), as: UTF8.self)
        }
        return Charset.decode(bytes, from: hasNoOrderMark(bytes, name) ? name + "BE" : name)
    }

    /// RFC 2781 section 4.3: UTF-16 without a byte order mark is big-endian.
    private static func hasNoOrderMark(_ bytes: [UInt8], _ name: String) -> Bool {
        name == "UTF-16" && !bytes.starts(with: [0xFE, 0xFF]) && !bytes.starts(with: [0xFF, 0xFE])
    }

    private static func isNameCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
    }

    /// The lines, without their ends: LF, CR or CRLF (RFC 8493 section 2.1.3). Empty ones come too.
    ///
    /// Goes by bytes: a million lines are looked at, and other Unicode line separators belong to paths.
    static func lines(of text: String) -> [Substring] {
        let hasLineFeeds = text.utf8.contains(0x0A)
        return text.utf8.split(separator: hasLineFeeds ? 0x0A : 0x0D, omittingEmptySubsequences: false).map {
            Substring(hasLineFeeds && $0.last == 0x0D ? $0.dropLast() : $0)
        }
    }

    /// Without spaces and tabs at both ends.
    static func trimmed(_ text: some StringProtocol) -> String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let rest = text.drop(while: isBlank)
        guard let last = rest.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(rest[...last])
    }
}
