// ElementEncoding owns the two facts that decide how an element's header reads: explicit VR or not, byte order.
// It differs within one file: an item of an explicit VR data set may be implicit (PS3.5 section 6.2.2).

/// How element headers are laid out.
struct ElementEncoding: Hashable, Sendable {
    var isExplicitVR: Bool
    var isBigEndian: Bool

    static let explicitLittleEndian = ElementEncoding(isExplicitVR: true, isBigEndian: false)
    static let implicitLittleEndian = ElementEncoding(isExplicitVR: false, isBigEndian: false)
    static let explicitBigEndian = ElementEncoding(isExplicitVR: true, isBigEndian: true)
}

extension UnsafeRawBufferPointer {
    /// The 16-bit number at `index`, which the caller knows to be inside.
    @inline(__always)
    func number16(at index: Int, isBigEndian: Bool) -> UInt16 {
        let raw = loadUnaligned(fromByteOffset: index, as: UInt16.self)
        return isBigEndian ? UInt16(bigEndian: raw) : UInt16(littleEndian: raw)
    }

    /// The 32-bit number at `index`, which the caller knows to be inside.
    @inline(__always)
    func number32(at index: Int, isBigEndian: Bool) -> UInt32 {
        let raw = loadUnaligned(fromByteOffset: index, as: UInt32.self)
        return isBigEndian ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
    }
}
