// HL7CharacterSet owns the names of character sets in MSH-18, and how their bytes become text.
//
// The conversion is that of the DICOM module, whose repertoires are the same. Bytes that mean nothing are refused:
// a label or a name must not change on its way.

internal import DICOM

/// The character set of a message.
///
/// - Source: HL7 table 0211.
struct HL7CharacterSet: Sendable {
    private let set: SpecificCharacterSet

    /// UTF-8, which is what a message without MSH-18 must be; ASCII is part of it.
    static let standard = HL7CharacterSet(set: .utf8)

    private init(set: SpecificCharacterSet) {
        self.set = set
    }

    /// - Parameter names: The repetitions of MSH-18; the first may be empty.
    /// - Returns: nil when one of them is not supported; then its name.
    static func named(_ names: [String]) -> Result<HL7CharacterSet, UnknownName> {
        var terms: [String] = []
        for name in names where !(name.isEmpty && names.count == 1) {
            guard let term = term(name) else { return .failure(UnknownName(name: name)) }
            terms.append(term)
        }
        let extends = terms.contains { $0.hasPrefix("ISO 2022") }
        if extends, terms.first?.hasPrefix("ISO 2022 IR 13") != true, terms.first != "" { terms.insert("", at: 0) }
        let isPlain = terms.allSatisfy(\.isEmpty)
        return .success(isPlain ? .standard : HL7CharacterSet(set: SpecificCharacterSet(terms: terms)))
    }

    /// A name that no repertoire here has.
    struct UnknownName: Error {
        let name: String
    }

    /// - Returns: nil when a byte means nothing in the character set.
    func decode(_ bytes: [UInt8]) -> String? {
        let decoded = set.decode(bytes)
        return decoded.isFaithful ? decoded.text : nil
    }

    private static func term(_ name: String) -> String? {
        if let part = name.split(separator: "/").last.flatMap({ Int($0) }), name.hasPrefix("8859/") {
            return parts[part].map { "ISO_IR \($0)" }
        }
        return byName[name.uppercased()]
    }

    private static let parts = [
        1: "100", 2: "101", 3: "109", 4: "110", 5: "144", 6: "127", 7: "126", 8: "138", 9: "148", 15: "203",
    ]

    private static let byName = [
        "": "", "ASCII": "", "UNICODE UTF-8": "ISO_IR 192", "UNICODE": "ISO_IR 192", "UTF-8": "ISO_IR 192",
        "ISO IR6": "", "ISO IR14": "ISO 2022 IR 13", "ISO IR87": "ISO 2022 IR 87", "ISO IR159": "ISO 2022 IR 159",
        "KS X 1001": "ISO 2022 IR 149", "GB 18030-2000": "GB18030",
    ]
}
