// Numbers by which invoices are sent and paid: accounts, and addresses for electronic invoices.
//
// Owns the check of their form. Whether an account or an address is anybody's is never asked.

extension Decode {
    /// An account number by its check digits; spaces are taken out.
    ///
    /// - Source: ISO 13616: the number, its first four characters put last and letters as 10 to 35, is 1 modulo 97.
    static func iban(_ field: Field) -> String? {
        let text = (field.scalarText ?? "").filter { $0 != " " }
        let bytes = Array(text.utf8)
        let isRight = bytes.allSatisfy { isCapital($0) || isDigit($0) } && bytes.prefix(2).allSatisfy(isCapital)
        guard isRight, (15...34).contains(bytes.count), remainder(of: bytes) == 1 else {
            return refuse(field, "an IBAN with right check digits is wanted, such as GB33BUKB20201555555555")
        }
        return text
    }

    private static func remainder(of bytes: [UInt8]) -> Int {
        (bytes.dropFirst(4) + bytes.prefix(4)).reduce(0) { rest, byte in
            isDigit(byte) ? (rest * 10 + Int(byte) - 48) % 97 : (rest * 100 + Int(byte) - 55) % 97
        }
    }

    /// A bank by its code.
    ///
    /// - Source: ISO 9362.
    static func bic(_ field: Field) -> String? {
        let bytes = Array((field.scalarText ?? "").utf8)
        guard bytes.count == 8 || bytes.count == 11, bytes.allSatisfy({ isCapital($0) || isDigit($0) }) else {
            return refuse(field, "a BIC of 8 or 11 capitals and digits is wanted, such as BUKBGB22")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Where electronic invoices are taken: a scheme of the code list EAS, a colon, and the id.
    static func endpoint(_ field: Field) -> Endpoint? {
        let text = field.scalarText ?? ""
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let scheme = Array((parts.first ?? "").utf8)
        let isScheme =
            scheme.count == 4 && scheme.allSatisfy(isDigit) || scheme.count == 2 && scheme.allSatisfy(isCapital)
        guard parts.count == 2, isScheme, !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            return refuse(field, "a scheme, a colon and an id are wanted, such as \"0088:7300010000001\"")
        }
        return Endpoint(scheme: String(parts[0]), id: String(parts[1]))
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

/// An address for electronic invoices.
package struct Endpoint: Sendable, Equatable {
    /// A code of the list EAS: `0088` for GLN.
    package let scheme: String
    package let id: String
}
