// ValueText owns the way from a value's bytes to its texts, one for each of its values, by VR: what is padding, what
// separates values, how numbers read. It follows pydicom where the standard leaves room, so that both say the same.

/// A value's texts.
enum ValueText {
    /// The texts of a value; empty for a value without bytes or of open-ended binary VRs.
    static func strings(
        _ bytes: [UInt8], vr: VR, isBigEndian: Bool = false, characterSet: SpecificCharacterSet
    ) -> [String] {
        guard !bytes.isEmpty else { return [] }
        guard vr.isText else { return numbers(bytes, vr: vr, isBigEndian: isBigEndian) }
        switch vr {
        case .pn:
            let text = characterSet.decode(TextPadding.withoutTrailing(bytes), isPersonName: true).text
            return separated(text).map(withoutEmptyGroups)
        case .lo, .sh, .uc:
            return separated(characterSet.decode(bytes).text).map(TextPadding.withoutTrailing)
        case .lt, .st, .ut:
            return [TextPadding.withoutTrailing(characterSet.decode(bytes).text)]
        default:
            return plain(latin1(bytes), vr: vr)
        }
    }

    /// VRs outside Specific Character Set.
    private static func plain(_ text: String, vr: VR) -> [String] {
        switch vr {
        case .ur: [TextPadding.trimmed(text)]
        case .ae, .ds, .is: separated(TextPadding.withoutTrailing(text)).map(TextPadding.trimmed)
        default: separated(TextPadding.withoutTrailing(text))
        }
    }

    private static func separated(_ text: String) -> [String] {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return [text] }
        return text.unicodeScalars.split(separator: "\\", omittingEmptySubsequences: false).map { String($0) }
    }

    /// "Yamada^Tarou==" says no more than "Yamada^Tarou".
    private static func withoutEmptyGroups(_ name: String) -> String {
        guard name.hasSuffix("=") else { return name }
        var scalars = name.unicodeScalars[...]
        while scalars.last == "=" { scalars.removeLast() }
        return String(scalars)
    }

    private static func latin1(_ bytes: [UInt8]) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: bytes.map { Unicode.Scalar($0) })
        return String(text)
    }

    private static func numbers(_ bytes: [UInt8], vr: VR, isBigEndian: Bool) -> [String] {
        guard let width = vr.valueByteCount, bytes.count >= width else { return [] }
        return stride(from: 0, through: bytes.count - width, by: width).map { start in
            number(bytes[start..<start + width], vr: vr, isBigEndian: isBigEndian)
        }
    }

    /// One binary value; AT as its tag.
    private static func number(_ bytes: ArraySlice<UInt8>, vr: VR, isBigEndian: Bool) -> String {
        if vr == .at {
            let halves = [bytes.prefix(2), bytes.dropFirst(2)].map {
                UInt16(truncatingIfNeeded: unsigned($0, isBigEndian))
            }
            return Tag(group: halves[0], element: halves[1]).description
        }
        let raw = unsigned(bytes, isBigEndian)
        return switch vr {
        case .fl: Float(bitPattern: UInt32(truncatingIfNeeded: raw)).description
        case .fd: Double(bitPattern: raw).description
        case .ss: Int16(truncatingIfNeeded: raw).description
        case .sl: Int32(truncatingIfNeeded: raw).description
        case .sv: Int64(bitPattern: raw).description
        default: raw.description
        }
    }

    private static func unsigned(_ bytes: ArraySlice<UInt8>, _ isBigEndian: Bool) -> UInt64 {
        isBigEndian
            ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
