// A POSIX pax archive: a ustar header for each file, and before it an extended one where name or size need it.
//
// Pure.

/// Encodes a tar.
///
/// - Source: POSIX.1-2017, pax, "pax Interchange Format".
package struct TarEncoder: BundleEncoder {
    private var padding = 0

    private static let blockByteCount = 512
    private static let nameLimit = 100
    private static let sizeLimit: Int64 = 1 << 33

    package init() {}

    package mutating func begin(_ name: String, byteCount: Int64, crc32: UInt32) -> [UInt8] {
        padding = Self.padding(after: byteCount)
        var records: [UInt8] = []
        if name.utf8.count > Self.nameLimit || !name.allSatisfy(\.isASCII) { records += Self.record("path", name) }
        if byteCount >= Self.sizeLimit { records += Self.record("size", String(byteCount)) }
        let short = Array(name.utf8.prefix(Self.nameLimit))
        let header = Self.header(short, byteCount: byteCount < Self.sizeLimit ? byteCount : 0, type: "0")
        guard !records.isEmpty else { return header }
        return Self.header(Array("pax".utf8), byteCount: Int64(records.count), type: "x") + records
            + [UInt8](repeating: 0, count: Self.padding(after: Int64(records.count))) + header
    }

    package mutating func end() -> [UInt8] { [UInt8](repeating: 0, count: padding) }

    package mutating func finish() -> [UInt8] { [UInt8](repeating: 0, count: 2 * Self.blockByteCount) }

    private static func padding(after byteCount: Int64) -> Int {
        let rest = Int(byteCount % Int64(blockByteCount))
        return rest == 0 ? 0 : blockByteCount - rest
    }

    /// `<length> <key>=<value>\n`, the length being that of the whole.
    private static func record(_ key: String, _ value: String) -> [UInt8] {
        let rest = " \(key)=\(value)\n".utf8.count
        var count = rest
        while count != rest + String(count).utf8.count { count = rest + String(count).utf8.count }
        return Array("\(count) \(key)=\(value)\n".utf8)
    }

    private static func header(_ name: [UInt8], byteCount: Int64, type: Character) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockByteCount)
        func put(_ bytes: [UInt8], at offset: Int) {
            block.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
        func put(_ text: String, at offset: Int) { put(Array(text.utf8), at: offset) }
        put(name, at: 0)
        put("0000644", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(octal(byteCount, digits: 11), at: 124)
        put("00000000000", at: 136)
        put("        ", at: 148)
        put(String(type), at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        let sum = block.reduce(Int64(0)) { $0 + Int64($1) }
        put(octal(sum, digits: 6), at: 148)
        block[154] = 0
        return block
    }

    private static func octal(_ value: Int64, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
