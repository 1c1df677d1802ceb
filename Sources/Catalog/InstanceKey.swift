// The number under which an instance is found: a hash of its party and SOP Instance UID.
//
// Upper half: party and the UID without its last component; lower half: the last component. So the instances of
// a series, whose UIDs mostly differ in the end only, lie together in the index, and adding them costs one page
// rather than one page each. Different UIDs may share a key: the UID itself is compared as well.

package enum InstanceKey {
    /// - Parameters:
    ///   - party: The facility's row.
    ///   - uid: SOP Instance UID.
    package static func make(party: Int64, uid: String) -> Int64 {
        var uid = uid
        return uid.withUTF8 { bytes in
            let split = bytes.lastIndex(of: UInt8(ascii: ".")) ?? 0
            let head = hash(bytes[..<split], seed: UInt64(bitPattern: party))
            let tail = hash(bytes[split...], seed: head)
            return Int64(bitPattern: head & 0xFFFF_FFFF_0000_0000 | tail >> 32)
        }
    }

    /// FNV-1a with a final mix; the same in every process and version, since it is stored.
    private static func hash(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, seed: UInt64) -> UInt64 {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325 ^ (seed &* 0x9E37_79B9_7F4A_7C15)
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        value ^= value >> 32
        value = value &* 0xD6E8_FEB8_6659_FD93
        return value ^ value >> 32
    }
}
