// SingleByteTable owns the upper half of each single-byte character set, asked once from the system's converter.
// A nil character is a code without meaning; a nil table is a converter that is not installed.

/// Characters of the bytes 80 to FF.
struct SingleByteTable: Sendable {
    /// 128 characters, nil where the set has none.
    let upper: [Unicode.Scalar?]

    /// The table of a set, by the name that iconv knows.
    static func named(_ name: String) -> SingleByteTable? {
        if name == "ISO-8859-1" { return latin1 }
        return tables[name]
    }

    static let latin1 = SingleByteTable(upper: (128...255).map { Unicode.Scalar(UInt8($0)) })

    private static let tables: [String: SingleByteTable] = {
        let parts = ["2", "3", "4", "5", "6", "7", "8", "9", "15"].map { "ISO-8859-" + $0 }
        let pairs = (parts + ["TIS-620"]).compactMap { name in make(name).map { (name, $0) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()

    private static func make(_ name: String) -> SingleByteTable? {
        var upper: [Unicode.Scalar?] = []
        for byte in UInt8(128)...255 {
            guard let converted = Iconv.decode([byte], from: name) else { return nil }
            upper.append(converted.isFaithful ? converted.text.unicodeScalars.first : nil)
        }
        return SingleByteTable(upper: upper)
    }

    /// The byte of a character above 7F; nil when the set lacks it.
    func byte(of scalar: Unicode.Scalar) -> UInt8? {
        upper.firstIndex { $0 == scalar }.map { UInt8($0 + 128) }
    }
}
