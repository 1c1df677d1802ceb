// Numbers in little-endian bytes.
//
// The caller has made sure that the bytes are there.

enum LittleEndian {
    static func uint16(_ bytes: [UInt8], at offset: Int) -> UInt16 { number(bytes, at: offset) }
    static func uint32(_ bytes: [UInt8], at offset: Int) -> UInt32 { number(bytes, at: offset) }
    static func uint64(_ bytes: [UInt8], at offset: Int) -> UInt64 { number(bytes, at: offset) }

    private static func number<Number: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int) -> Number {
        bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
    }
}
