// Repertoire owns the character sets that a value of Specific Character Set can name, and how each is reached: a
// table, katakana, or the system's converter. The terms are those of PS3.3 section C.12.1.1.2. It holds no state.

/// A coded character set of DICOM.
enum Repertoire: Hashable, Sendable {
    /// ISO 646; what the default repertoire's bytes above 7F mean is nobody's promise, they read as ISO 8859-1.
    case standard
    /// One byte a character above 7F; the name that iconv knows.
    case singleByte(String)
    /// JIS X 0201: katakana above 7F.
    case katakana
    case jisX0208
    case jisX0212
    case ksX1001
    case gb2312
    /// Several bytes a character without code extensions; the name that iconv knows.
    case multiByte(String)
    case utf8

    /// The repertoire of a defined term, and the term read from common misspellings of it.
    ///
    /// - Source: DICOM PS3.3 section C.12.1.1.2, tables C.12-2 to C.12-5.
    static func named(_ term: String) -> Repertoire? {
        if let known = byTerm[term] { return known }
        let folded = String(term.uppercased().map { $0 == "-" || $0 == "_" ? " " : $0 })
        return byFoldedTerm[folded]
    }

    /// True for those that allow no code extensions (PS3.5 section 6.1.2.4).
    var standsAlone: Bool {
        switch self {
        case .multiByte, .utf8: true
        default: false
        }
    }

    private static let numbered: [(String, Repertoire)] = [
        ("6", .standard), ("100", .singleByte("ISO-8859-1")), ("101", .singleByte("ISO-8859-2")),
        ("109", .singleByte("ISO-8859-3")), ("110", .singleByte("ISO-8859-4")), ("144", .singleByte("ISO-8859-5")),
        ("127", .singleByte("ISO-8859-6")), ("126", .singleByte("ISO-8859-7")), ("138", .singleByte("ISO-8859-8")),
        ("148", .singleByte("ISO-8859-9")), ("203", .singleByte("ISO-8859-15")), ("166", .singleByte("TIS-620")),
        ("13", .katakana), ("87", .jisX0208), ("159", .jisX0212), ("149", .ksX1001), ("58", .gb2312), ("192", .utf8),
    ]

    private static let byTerm: [String: Repertoire] = {
        var terms: [String: Repertoire] = [
            "": .standard, "GB18030": .multiByte("GB18030"), "GBK": .multiByte("GBK"),
            "ISO 2022 GBK": .multiByte("GBK"),
            "ISO 2022 58": .gb2312,
        ]
        for (number, repertoire) in numbered {
            terms["ISO 2022 IR " + number] = repertoire
            if !["87", "159", "149", "58"].contains(number) { terms["ISO_IR " + number] = repertoire }
        }
        return terms
    }()

    private static let byFoldedTerm: [String: Repertoire] = {
        var terms: [String: Repertoire] = ["UTF8": .utf8, "UTF 8": .utf8, "LATIN 1": .singleByte("ISO-8859-1")]
        for (term, repertoire) in byTerm { terms[String(term.map { $0 == "_" ? " " : $0 })] = repertoire }
        for part in [1, 2, 3, 4, 5, 6, 7, 8, 9, 15] { terms["ISO 8859 \(part)"] = .singleByte("ISO-8859-\(part)") }
        return terms
    }()
}
