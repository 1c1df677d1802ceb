// CanonicalJSON owns JSON in the one form that has a digest: keys sorted, no white space, numbers in their shortest
// form, nothing escaped that need not be.
//
// Source: RFC 8785 (JSON Canonicalization Scheme). Keys here are ASCII, for which sorting by UTF-16 code units is
// sorting by bytes.

/// A value that is written in canonical form.
indirect enum CanonicalJSON: Sendable {
    case null
    case boolean(Bool)
    /// Finite.
    case number(Double)
    case string(String)
    case array([CanonicalJSON])
    case object([String: CanonicalJSON])

    /// A string, or null.
    static func optional(_ text: String?) -> CanonicalJSON { text.map { .string($0) } ?? .null }
    /// A number, or null.
    static func optional(_ number: Double?) -> CanonicalJSON { number.map { .number($0) } ?? .null }
    /// A whole number, or null.
    static func optional(_ number: Int?) -> CanonicalJSON { number.map { .number(Double($0)) } ?? .null }
    /// True or false, or null.
    static func optional(_ isTrue: Bool?) -> CanonicalJSON { isTrue.map { .boolean($0) } ?? .null }

    /// The text in UTF-8.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(into: &bytes)
        return bytes
    }

    private func write(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes += Array("null".utf8)
        case .boolean(let isTrue): bytes += Array((isTrue ? "true" : "false").utf8)
        case .number(let number): bytes += Array(Self.text(of: number).utf8)
        case .string(let text): Self.write(text, into: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.key, into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func write(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0x08: bytes += Array("\\b".utf8)
            case 0x09: bytes += Array("\\t".utf8)
            case 0x0A: bytes += Array("\\n".utf8)
            case 0x0C: bytes += Array("\\f".utf8)
            case 0x0D: bytes += Array("\\r".utf8)
            case 0..<0x20: bytes += Array("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// A number as ECMAScript writes it, which RFC 8785 section 3.2.2.3 asks for.
    static func text(of number: Double) -> String {
        guard number != 0, number.isFinite else { return "0" }
        let sign = number < 0 ? "-" : ""
        let (digits, exponent) = shortest(number.magnitude)
        let point = exponent + 1
        switch point {
        case digits.count...21 where digits.count <= 21:
            return sign + digits + String(repeating: "0", count: point - digits.count)
        case 1...21: return sign + digits.prefix(point) + "." + digits.dropFirst(point)
        case -5...0: return sign + "0." + String(repeating: "0", count: -point) + digits
        default:
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            return sign + digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+") + String(abs(exponent))
        }
    }

    /// The fewest digits that read back as the number, and the power of ten of the first of them.
    private static func shortest(_ magnitude: Double) -> (digits: String, exponent: Int) {
        let parts = magnitude.description.split(separator: "e")
        let written = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let halves = parts[0].split(separator: ".")
        let fraction = halves.count > 1 ? halves[1] : ""
        var digits = (halves[0] + fraction)[...]
        var exponent = written + halves[0].count - 1
        while digits.first == "0", digits.count > 1 {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.last == "0", digits.count > 1 { digits.removeLast() }
        return (String(digits), exponent)
    }
}
