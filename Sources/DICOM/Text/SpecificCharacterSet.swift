// SpecificCharacterSet owns what (0008,0005) declares, and the decoding of text by it. Bytes without meaning become
// U+FFFD and are reported, never refused: a name in the wrong character set is still a name to show.

/// The character repertoires of a data set.
///
/// - Source: DICOM PS3.3 section C.12.1.1.2; PS3.5 section 6.1.2.
package struct SpecificCharacterSet: Hashable, Sendable {
    /// The first value: in force at the start and after each delimiter.
    let first: Repertoire
    /// What escapes may designate; empty when there are no code extensions.
    let extensions: [Repertoire]
    /// What was odd about the declaration.
    package let findings: [String]

    /// ISO_IR 6.
    package static let standard = SpecificCharacterSet(terms: [])
    /// ISO_IR 192.
    package static let utf8 = SpecificCharacterSet(terms: ["ISO_IR 192"])

    /// The sets of the values of (0008,0005); an unknown first term reads as the default repertoire.
    package init(terms: [String]) {
        var findings: [String] = []
        var repertoires: [Repertoire] = []
        for term in terms {
            let trimmed = TextPadding.trimmed(term)
            guard let repertoire = Repertoire.named(trimmed) else {
                findings.append("the character set \"\(trimmed)\" is unknown")
                repertoires.append(.standard)
                continue
            }
            repertoires.append(repertoire)
        }
        let first = repertoires.first ?? .standard
        let extensions = repertoires.count > 1 && !first.standsAlone ? repertoires.filter { !$0.standsAlone } : []
        if repertoires.count > 1, extensions.count < repertoires.count {
            findings.append("a character set that allows no code extensions is declared with others")
        }
        self.first = first
        self.extensions = extensions
        self.findings = findings
    }

    /// Decodes a value's bytes.
    ///
    /// - Parameter isPersonName: True for PN, where ^ and = are delimiters too (PS3.5 section 6.1.2.5.3).
    package func decode(_ bytes: [UInt8], isPersonName: Bool = false) -> DecodedText {
        if bytes.allSatisfy({ $0 < 0x80 && $0 != EscapeSequence.escape }) {
            return DecodedText(text: String(decoding: bytes, as: UTF8.self), isFaithful: true)
        }
        switch first {
        case .utf8: return Self.decodeUTF8(bytes)
        case .multiByte(let name): return Self.decodeMultiByte(bytes, name)
        default:
            var decoder = CodeExtensionDecoder(set: self, isPersonName: isPersonName)
            return decoder.decode(bytes)
        }
    }

    private static func decodeUTF8(_ bytes: [UInt8]) -> DecodedText {
        if let text = String(validating: bytes, as: UTF8.self) { return DecodedText(text: text, isFaithful: true) }
        return DecodedText(text: String(decoding: bytes, as: UTF8.self), isFaithful: false)
    }

    private static func decodeMultiByte(_ bytes: [UInt8], _ name: String) -> DecodedText {
        guard let converted = Iconv.decode(bytes, from: name) else {
            let text = bytes.map { $0 < 0x80 ? String(Unicode.Scalar($0)) : "\u{FFFD}" }.joined()
            return DecodedText(text: text, isFaithful: false, missingConversion: name)
        }
        return DecodedText(text: converted.text, isFaithful: converted.isFaithful)
    }
}
