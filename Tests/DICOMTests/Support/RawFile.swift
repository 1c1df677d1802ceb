// RawFile owns the making of DICOM bytes by hand, apart from the module's own writer, so that tests of reading do not
// lean on it. It makes wrong files as readily as right ones.

/// Bytes of a data set in the making.
struct RawFile {
    var bytes: [UInt8] = []
    var isExplicit = true
    var isBigEndian = false

    /// Preamble, prefix and meta information of a file in this transfer syntax.
    static func part10(_ transferSyntaxUID: String = "1.2.840.10008.1.2.1", sopInstanceUID: String = "1.2.3") -> RawFile
    {
        var meta = RawFile()
        meta.add(0x0002_0002, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
        meta.add(0x0002_0003, "UI", even(sopInstanceUID))
        meta.add(0x0002_0010, "UI", even(transferSyntaxUID))
        var file = RawFile(bytes: [UInt8](repeating: 0, count: 128) + Array("DICM".utf8))
        file.add(0x0002_0000, "UL", le32(meta.bytes.count))
        file.bytes += meta.bytes
        file.isExplicit = transferSyntaxUID != "1.2.840.10008.1.2"
        file.isBigEndian = transferSyntaxUID == "1.2.840.10008.1.2.2"
        return file
    }

    /// The UIDs that every file has.
    mutating func addIdentity(sopInstanceUID: String = "1.2.3") {
        add(0x0008_0016, "UI", "1.2.840.10008.5.1.4.1.1.7\0")
        add(0x0008_0018, "UI", Self.even(sopInstanceUID))
    }

    mutating func add(_ tag: UInt32, _ vr: String, _ text: String) {
        add(tag, vr, Array(text.utf8))
    }

    mutating func add(_ tag: UInt32, _ vr: String, _ value: [UInt8]) {
        addHeader(tag, vr, UInt32(value.count))
        bytes += value
    }

    /// A header without its value.
    mutating func addHeader(_ tag: UInt32, _ vr: String, _ length: UInt32) {
        addTag(tag)
        guard isExplicit else { return add32(length) }
        bytes += Array(vr.utf8)
        if ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"].contains(vr) {
            bytes += [0, 0]
            add32(length)
        } else {
            add16(UInt16(length))
        }
    }

    /// An item, a delimiter, or any tag with a length of four bytes and no VR.
    mutating func addItem(_ tag: UInt32 = 0xFFFE_E000, length: UInt32 = 0xFFFF_FFFF) {
        addTag(tag)
        add32(length)
    }

    mutating func endItem() { addItem(0xFFFE_E00D, length: 0) }
    mutating func endSequence() { addItem(0xFFFE_E0DD, length: 0) }

    mutating func addTag(_ tag: UInt32) {
        add16(UInt16(tag >> 16))
        add16(UInt16(tag & 0xFFFF))
    }

    mutating func add16(_ number: UInt16) {
        let both = [UInt8(number & 0xFF), UInt8(number >> 8)]
        bytes += isBigEndian ? both.reversed() : both
    }

    mutating func add32(_ number: UInt32) {
        let all = (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        bytes += isBigEndian ? all.reversed() : all
    }

    static func le32(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    static func even(_ uid: String) -> String { uid.utf8.count % 2 == 0 ? uid : uid + "\0" }
}
