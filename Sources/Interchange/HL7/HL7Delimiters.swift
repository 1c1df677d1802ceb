// HL7Delimiters owns the characters that separate the parts of a message, as its MSH declares them.
//
// Source: HL7 v2.5 chapter 2, section 2.5.4. Pure.

/// The separators of one message.
struct HL7Delimiters: Hashable, Sendable {
    let field: Unicode.Scalar
    let component: Unicode.Scalar
    let repetition: Unicode.Scalar
    /// nil when the message declares none: then nothing is escaped in it.
    let escape: Unicode.Scalar?
    let subcomponent: Unicode.Scalar?

    /// - Parameter header: A decoded MSH, FHS or BHS segment.
    /// - Returns: nil when it declares fewer than two encoding characters, or one twice.
    init?(header: String) {
        let scalars = Array(header.unicodeScalars.prefix(64).dropFirst(3))
        guard let field = scalars.first else { return nil }
        let declared = Array(scalars.dropFirst().prefix { $0 != field })
        guard 2...5 ~= declared.count else { return nil }
        let all = [field] + declared
        let isPlain = all.allSatisfy { $0.isASCII && $0.value > 0x20 && !$0.properties.isAlphabetic }
        guard isPlain, Set(all).count == all.count, !declared.contains(where: \.isASCIIDigit) else { return nil }
        self.field = field
        component = declared[0]
        repetition = declared[1]
        escape = declared.count > 2 ? declared[2] : nil
        subcomponent = declared.count > 3 ? declared[3] : nil
    }

    /// The parts of a text between separators, empty ones too.
    static func split(_ text: String, _ separator: Unicode.Scalar) -> [String] {
        text.unicodeScalars.split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
    }
}

extension Unicode.Scalar {
    fileprivate var isASCIIDigit: Bool { "0"..."9" ~= self }
}
