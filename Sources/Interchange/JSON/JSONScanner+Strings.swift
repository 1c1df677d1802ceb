// The strings of a JSON text: runs of UTF-8, escapes, surrogate pairs. RFC 8259 section 7.

extension JSONScanner {
    /// The string whose opening quote is next.
    mutating func string() throws(ItemError) -> String {
        let start = position
        position += 1
        var content: [UInt8] = []
        while true {
            let run = position
            while let next, next >= 0x20, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") { position += 1 }
            guard content.count + position - run <= limits.maximumStringByteCount else {
                throw fault("a string is longer than \(limits.maximumStringByteCount) bytes", at: start)
            }
            content.append(contentsOf: bytes[run..<position])
            guard let next else { throw fault("the text ends inside the string that begins here", at: start) }
            position += 1
            if next == UInt8(ascii: "\"") { break }
            guard next == UInt8(ascii: "\\") else {
                position -= 1
                throw fault("a raw control character in a string; write it as \\n, \\t or \\u00XX")
            }
            try escape(into: &content)
        }
        guard let text = String(validating: content, as: UTF8.self) else {
            throw fault("the string that begins here is not UTF-8", at: start)
        }
        return text
    }

    /// What follows a backslash.
    private mutating func escape(into content: inout [UInt8]) throws(ItemError) {
        guard let letter = next else { throw fault("the text ends inside an escape") }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content.append(contentsOf: String(try scalar()).utf8)
        default:
            position -= 1
            throw fault("a backslash stands before what JSON has no escape for; write \\\\ for a backslash")
        }
    }

    /// The scalar of \uXXXX, or of a pair of them.
    private mutating func scalar() throws(ItemError) -> Unicode.Scalar {
        let start = position - 2
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard 0xD800...0xDBFF ~= first, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw fault("half of a surrogate pair stands alone", at: start) }
        position += 2
        let second = try codeUnit()
        let number = 0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)
        guard 0xDC00...0xDFFF ~= second, let scalar = Unicode.Scalar(number) else {
            throw fault("half of a surrogate pair stands alone", at: start)
        }
        return scalar
    }

    private mutating func codeUnit() throws(ItemError) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
            let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw fault("\\u needs four hexadecimal digits") }
        position += 4
        return number
    }
}
