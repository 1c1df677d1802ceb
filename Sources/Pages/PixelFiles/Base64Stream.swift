// Base64 (RFC 4648 section 4), piece by piece. Pure; keeps at most two bytes back.

struct Base64Stream {
    private var rest: [UInt8] = []
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The characters that are ready after these bytes.
    mutating func encode(_ bytes: [UInt8]) -> [UInt8] {
        let all = rest.isEmpty ? bytes : rest + bytes
        let whole = all.count / 3 * 3
        rest = Array(all[whole...])
        return [UInt8](unsafeUninitializedCapacity: whole / 3 * 4) { output, count in
            let letters = Self.alphabet
            var place = 0
            for index in stride(from: 0, to: whole, by: 3) {
                let bits = UInt32(all[index]) << 16 | UInt32(all[index + 1]) << 8 | UInt32(all[index + 2])
                output[place] = letters[Int(bits >> 18)]
                output[place + 1] = letters[Int(bits >> 12 & 63)]
                output[place + 2] = letters[Int(bits >> 6 & 63)]
                output[place + 3] = letters[Int(bits & 63)]
                place += 4
            }
            count = place
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
