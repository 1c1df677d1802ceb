// ElementHeader owns the decoding of one element's (or item's) tag, VR and length.
// It reads at most 12 bytes, never the value, and asks for more by answering nil.

/// A data element's header.
///
/// - Source: DICOM PS3.5 section 7.1.
struct ElementHeader: Sendable {
    static let undefinedLength: UInt32 = 0xFFFF_FFFF
    /// The most bytes that a header can need.
    static let maximumByteCount = 12

    var tag: Tag
    /// Nil when the header has none (implicit VR) or one that the standard does not know.
    var vr: VR?
    /// The two letters, 0 for an implicit header.
    var vrLetters: UInt16
    /// Bytes of the value, or `undefinedLength`.
    var length: UInt32
    /// 8 or 12.
    var byteCount: Int
    /// Where the header starts.
    var offset: UInt64
    var encoding: ElementEncoding

    /// The two letters as text.
    var vrText: String { String(decoding: [UInt8(vrLetters >> 8), UInt8(vrLetters & 0xFF)], as: UTF8.self) }

    @inline(__always)
    var hasUndefinedLength: Bool { length == Self.undefinedLength }
    @inline(__always)
    var hasExplicitVR: Bool { vrLetters != 0 }
    var valueOffset: UInt64 { offset + UInt64(byteCount) }

    /// The header at `index`.
    ///
    /// An explicit VR header without two capital letters reads as an implicit one, since some writers change over
    /// in the middle; items and delimiters (group FFFE) never have a VR.
    /// - Returns: nil when more bytes are needed.
    @inline(__always)
    static func decode(
        _ bytes: UnsafeRawBufferPointer, at index: Int, offset: UInt64, encoding: ElementEncoding
    ) -> ElementHeader? {
        let available = bytes.count - index
        guard available >= 8 else { return nil }
        let isBig = encoding.isBigEndian
        let tag = Tag(
            group: bytes.number16(at: index, isBigEndian: isBig),
            element: bytes.number16(at: index + 2, isBigEndian: isBig))
        guard encoding.isExplicitVR, hasVRLetters(bytes, at: index), tag.group != 0xFFFE else {
            return ElementHeader(
                tag: tag, vr: nil, vrLetters: 0, length: bytes.number32(at: index + 4, isBigEndian: isBig),
                byteCount: 8,
                offset: offset, encoding: encoding)
        }
        let letters = bytes.number16(at: index + 4, isBigEndian: true)
        let vr = VR(rawValue: letters)
        guard let vr, vr.hasLongLength else {
            return ElementHeader(
                tag: tag, vr: vr, vrLetters: letters, length: UInt32(bytes.number16(at: index + 6, isBigEndian: isBig)),
                byteCount: 8, offset: offset, encoding: encoding)
        }
        guard available >= 12 else { return nil }
        return ElementHeader(
            tag: tag, vr: vr, vrLetters: letters, length: bytes.number32(at: index + 8, isBigEndian: isBig),
            byteCount: 12,
            offset: offset, encoding: encoding)
    }

    /// True when the two bytes after the tag at `index` are capital letters.
    @inline(__always)
    static func hasVRLetters(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Bool {
        let first = bytes[index + 4]
        let second = bytes[index + 5]
        return first >= 0x41 && first <= 0x5A && second >= 0x41 && second <= 0x5A
    }
}
