// The marks in a file's first bytes.
//
// Pure: looks at bytes, keeps nothing. Each mark names the clause that sets it.

struct Signature {
    let bytes: UnsafeRawBufferPointer

    /// DICOM PS3.10 section 7.1: 'DICM' behind a preamble of 128 bytes.
    var isDICOM: Bool { has([0x44, 0x49, 0x43, 0x4D], at: 128) }

    /// APPNOTE.TXT 4.3.7 and 4.3.16: a local header, or the end record of an empty archive.
    var isZip: Bool { has([0x50, 0x4B, 3, 4], at: 0) || has([0x50, 0x4B, 5, 6], at: 0) }

    /// 7zFormat.txt, SignatureHeader.
    var isSevenZip: Bool { has([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], at: 0) }

    /// ECMA-119 section 8: 'CD001' in the first volume descriptor, sector 16.
    var isISO: Bool { has([0x43, 0x44, 0x30, 0x30, 0x31], at: 16 * 2048 + 1) }

    /// RFC 1952, RFC 8878, the .xz format 2.1.1.1, and bzip2's 'BZh' with a level and a block mark.
    var filter: BundleFilter? {
        if has([0x1F, 0x8B, 8], at: 0) { return .gzip }
        if has([0x28, 0xB5, 0x2F, 0xFD], at: 0) { return .zstd }
        if has([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], at: 0) { return .xz }
        if has([0x42, 0x5A, 0x68], at: 0), bytes.count > 4, (0x31...0x39).contains(bytes[3]) { return .bzip2 }
        return nil
    }

    /// POSIX pax, ustar Interchange Format: the magic, or (for older ones) a header sum that is right.
    var isTarHeader: Bool {
        guard bytes.count >= 512 else { return false }
        return has(Array("ustar".utf8), at: 257) || isTarSumRight
    }

    /// Two blocks of zeros and nothing else: an archive without entries.
    var isZeros: Bool {
        bytes.count >= 1024 && bytes.allSatisfy { $0 == 0 }
    }

    private var isTarSumRight: Bool {
        guard let declared = octal(at: 148, count: 8) else { return false }
        var sum = 8 * 0x20
        for index in 0..<512 where !(148..<156).contains(index) { sum += Int(bytes[index]) }
        return sum == declared && bytes[0] != 0
    }

    private func octal(at offset: Int, count: Int) -> Int? {
        var value = 0
        var digits = 0
        for byte in bytes[offset..<offset + count] {
            switch byte {
            case 0x30...0x37:
                value = value * 8 + Int(byte - 0x30)
                digits += 1
            case 0, 0x20: if digits > 0 { return value }
            default: return nil
            }
        }
        return digits > 0 ? value : nil
    }

    private func has(_ mark: [UInt8], at offset: Int) -> Bool {
        guard bytes.count >= offset + mark.count else { return false }
        return bytes[offset..<offset + mark.count].elementsEqual(mark)
    }
}
