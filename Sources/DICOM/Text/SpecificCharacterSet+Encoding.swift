// Encoding of text into a declared character set: what this product writes is ISO_IR 192, or Japanese by code extensions
// where a recipient asks for it; what it changes stays in the file's own set, and of the code extensions only those for
// Japanese are written. It never replaces a character that the set lacks.

extension SpecificCharacterSet {
    /// The bytes of a text.
    ///
    /// - Returns: nil when the set lacks one of its characters.
    func encode(_ text: String) -> [UInt8]? {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
        switch first {
        case .utf8: return Array(text.utf8)
        case .multiByte(let name): return Iconv.encode(text, to: name)
        case .singleByte(let name): return SingleByteTable.named(name).flatMap { Self.encode(text, $0) }
        case .standard where extensions.contains(.jisX0208): return encodeJapanese(text)
        default: return nil
        }
    }

    private func encodeJapanese(_ text: String) -> [UInt8]? {
        guard let encoded = JapaneseText.encode(text) else { return nil }
        return encoded.usesSupplement && !extensions.contains(.jisX0212) ? nil : encoded.bytes
    }

    private static func encode(_ text: String, _ table: SingleByteTable) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard let byte = scalar.isASCII ? UInt8(truncatingIfNeeded: scalar.value) : table.byte(of: scalar) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}
