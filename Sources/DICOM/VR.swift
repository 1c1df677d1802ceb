// VR owns the value representations of PS3.5 section 6.2 and what their encoding depends on: the width of the
// length field, the unit of byte order, the padding byte, whether Specific Character Set applies.
// The raw value is the two ASCII letters, first letter in the upper byte. It never holds a value.

/// A value representation.
///
/// - Source: DICOM PS3.5 section 6.2, table 6.2-1.
package enum VR: UInt16, CaseIterable, Sendable, CustomStringConvertible {
    case ae = 0x4145
    case `as` = 0x4153
    case at = 0x4154
    case cs = 0x4353
    case da = 0x4441
    case ds = 0x4453
    case dt = 0x4454
    case fd = 0x4644
    case fl = 0x464C
    case `is` = 0x4953
    case lo = 0x4C4F
    case lt = 0x4C54
    case ob = 0x4F42
    case od = 0x4F44
    case of = 0x4F46
    case ol = 0x4F4C
    case ov = 0x4F56
    case ow = 0x4F57
    case pn = 0x504E
    case sh = 0x5348
    case sl = 0x534C
    case sq = 0x5351
    case ss = 0x5353
    case st = 0x5354
    case sv = 0x5356
    case tm = 0x544D
    case uc = 0x5543
    case ui = 0x5549
    case ul = 0x554C
    case un = 0x554E
    case ur = 0x5552
    case us = 0x5553
    case ut = 0x5554
    case uv = 0x5556

    /// The VR with the two letters' name, or nil when there is none.
    package init?(name: some StringProtocol) {
        let letters = Array(name.utf8)
        guard letters.count == 2 else { return nil }
        self.init(rawValue: UInt16(letters[0]) << 8 | UInt16(letters[1]))
    }

    /// The two letters, for example "PN".
    package var description: String {
        String(decoding: [UInt8(rawValue >> 8), UInt8(rawValue & 0xFF)], as: UTF8.self)
    }

    /// True when explicit VR writes two reserved bytes and a length of 4 bytes (PS3.5 table 7.1-1).
    package var hasLongLength: Bool {
        switch self {
        case .ob, .od, .of, .ol, .ov, .ow, .sq, .sv, .uc, .un, .ur, .ut, .uv: true
        default: false
        }
    }

    /// Bytes of one unit whose byte order the transfer syntax decides; 1 for strings and bytes.
    package var unitByteCount: Int {
        switch self {
        case .at, .ow, .ss, .us: 2
        case .fl, .of, .ol, .sl, .ul: 4
        case .fd, .od, .ov, .sv, .uv: 8
        default: 1
        }
    }

    /// Bytes of one value of a binary VR; nil for strings and for the open-ended OB, OW, UN, SQ.
    package var valueByteCount: Int? {
        switch self {
        case .ss, .us: 2
        case .at, .fl, .sl, .ul: 4
        case .fd, .sv, .uv: 8
        default: nil
        }
    }

    /// True when Specific Character Set (0008,0005) decides the meaning of the bytes (PS3.5 section 6.1.2.3).
    package var usesCharacterSet: Bool {
        switch self {
        case .lo, .lt, .pn, .sh, .st, .uc, .ut: true
        default: false
        }
    }

    /// True for character strings of any repertoire.
    package var isText: Bool {
        switch self {
        case .ae, .as, .cs, .da, .ds, .dt, .is, .tm, .ui, .ur: true
        default: usesCharacterSet
        }
    }

    /// True when a backslash separates values (PS3.5 section 6.4).
    package var isMultiValuedText: Bool {
        switch self {
        case .lt, .st, .ur, .ut: false
        default: isText
        }
    }

    /// The byte that makes a value even: NUL for UI and bytes, a space for the other strings (PS3.5 section 6.2).
    package var paddingByte: UInt8 {
        isText && self != .ui ? 0x20 : 0
    }
}
