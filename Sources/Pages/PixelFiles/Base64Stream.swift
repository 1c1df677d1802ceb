// Base64 (RFC 4648 section 4), piece by piece. Pure; keeps at most two bytes back.

struct Base64Stream {
    private var rest: [UInt8] = []
    /// Two characters for each 12 bits, as they lie in memory.
    private static let pairs: [UInt16] = {
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.map { UInt16($0) }
        return (0..<4096).map { UInt16(littleEndian: alphabet[$0 >> 6] | alphabet[$0 & 63] << 8) }
    }()

    /// The characters that are ready after these bytes.
    mutating func encode(_ bytes: [UInt8]) -> [UInt8] {
        let all = rest.isEmpty ? bytes : rest + bytes
        let whole = all.count / 3 * 3
        rest = Array(all[whole...])
        return [UInt8](unsafeUninitializedCapacity: whole / 3 * 4) { output, count in
            all.withUnsafeBytes { input in
                Self.pairs.withUnsafeBufferPointer { pairs in
                    Self.encode(input, count: whole, pairs, into: UnsafeMutableRawBufferPointer(output))
                }
            }
            count = whole / 3 * 4
        }
    }

    /// - Parameter count: Of the bytes to encode, a multiple of 3.
    private static func encode(
        _ input: UnsafeRawBufferPointer, count: Int, _ pairs: UnsafeBufferPointer<UInt16>,
        into output: UnsafeMutableRawBufferPointer
    ) {
        var place = 0
        for index in stride(from: 0, to: count, by: 3) {
            let bits = Int(input[index]) << 16 | Int(input[index + 1]) << 8 | Int(input[index + 2])
            output.storeBytes(of: pairs[bits >> 12], toByteOffset: place, as: UInt16.self)
            output.storeBytes(of: pairs[bits & 4095], toByteOffset: place + 2, as: UInt16.self)
            place += 4
        }
    }

    /// The last characters, with their padding.
    mutating func finish() -> [UInt8] {
        let count = rest.count
        guard count > 0 else { return [] }
        var last = encode([UInt8](repeating: 0, count: 3 - count))
        for index in (count + 1)..<4 { last[index] = UInt8(ascii: "=") }
        return last
    }
}
