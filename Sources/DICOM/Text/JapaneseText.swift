// JapaneseText owns the encoding of text with the code extensions for Japanese: ASCII, and JIS X 0208 and JIS X 0212 by
// escapes to the lower half. It never replaces a character that they lack.
// Invariants: whatever is ASCII is written in ASCII, so that every delimiter and the end find the first set in force; the
// same text gives the same bytes.

/// The encoder of Japanese in ISO 2022.
///
/// - Source: DICOM PS3.5 section 6.1.2.4, PS3.3 table C.12-4; RFC 1468 and RFC 2237 for the same bytes in mail.
package enum JapaneseText {
    /// Bytes, and which sets they take.
    package struct Encoded: Hashable, Sendable {
        package let bytes: [UInt8]
        /// Whether JIS X 0212 (ISO 2022 IR 159) is among them.
        package let usesSupplement: Bool
    }

    /// The bytes of a text.
    ///
    /// - Returns: nil when a character is in none of the sets, such as half-width katakana, or the system has no tables.
    package static func encode(_ text: String) -> Encoded? {
        var bytes: [UInt8] = []
        var current = Repertoire.standard
        var usesSupplement = false
        for scalar in text.unicodeScalars {
            guard let coded = code(scalar) else { return nil }
            if coded.repertoire != current {
                bytes += escape(to: coded.repertoire)
                current = coded.repertoire
            }
            usesSupplement = usesSupplement || current == .jisX0212
            bytes += coded.bytes
        }
        if current != .standard { bytes += escape(to: .standard) }
        return Encoded(bytes: bytes, usesSupplement: usesSupplement)
    }

    /// The lower-half code of a character.
    private static func code(_ scalar: Unicode.Scalar) -> (repertoire: Repertoire, bytes: [UInt8])? {
        if scalar.isASCII {
            return scalar.value == UInt32(EscapeSequence.escape) ? nil : (.standard, [UInt8(scalar.value)])
        }
        guard let coded = Iconv.encode(String(scalar), to: "EUC-JP") else { return nil }
        switch (coded.count, coded.first) {
        case (2, .some(0xA1...)): return (.jisX0208, coded.map { $0 & 0x7F })
        case (3, 0x8F): return (.jisX0212, coded.dropFirst().map { $0 & 0x7F })
        default: return nil
        }
    }

    private static func escape(to repertoire: Repertoire) -> [UInt8] {
        let code: StaticString =
            switch repertoire {
            case .jisX0208: "$B"
            case .jisX0212: "$(D"
            default: "(B"
            }
        return [EscapeSequence.escape] + code.withUTF8Buffer { Array($0) }
    }
}
