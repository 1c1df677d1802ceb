// TextPadding owns which characters at the ends of a value are padding: spaces and NULs at the end for most VRs, both
// ends for numbers (PS3.5 section 6.2). It never touches what stands inside a value.

/// The stripping of padding.
enum TextPadding {
    /// Without spaces and NULs at the end.
    static func withoutTrailing(_ text: String) -> String {
        guard let last = text.unicodeScalars.last, last == " " || last == "\0" else { return text }
        var scalars = text.unicodeScalars[...]
        while let last = scalars.last, last == " " || last == "\0" { scalars.removeLast() }
        return String(scalars)
    }

    /// Without white space and NULs at either end.
    static func trimmed(_ text: String) -> String {
        if let first = text.utf8.first, let last = text.utf8.last, isPlain(first), isPlain(last) { return text }
        var scalars = text.unicodeScalars[...]
        while let last = scalars.last, last == "\0" || last.properties.isWhitespace { scalars.removeLast() }
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        return String(scalars)
    }

    /// True for the visible characters of ASCII.
    private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    /// The bytes without spaces and NULs at the end.
    static func withoutTrailing(_ bytes: [UInt8]) -> [UInt8] {
        guard let last = bytes.lastIndex(where: { $0 != 0x20 && $0 != 0 }) else { return [] }
        return Array(bytes[...last])
    }
}
