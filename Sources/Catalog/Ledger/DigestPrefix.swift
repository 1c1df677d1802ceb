// The beginning of a SHA-256, as people read it off a receipt's name or a checksum list.

package import Foundation

/// A digest, or as much of it as tells digests apart.
package struct DigestPrefix: Sendable {
    /// The least and the greatest digest that begin so.
    package let low: Data
    package let high: Data

    /// Hexadecimal digits that are enough.
    package static let leastDigits = 8
    private static let mostDigits = 64

    /// - Parameter text: 8 to 64 hexadecimal digits, small or capital; nil for anything else.
    package init?(_ text: String) {
        let digits = text.utf8.map { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "9") ? $0 : $0 | 0x20 }
        let isHexadecimal = digits.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        guard isHexadecimal, (Self.leastDigits...Self.mostDigits).contains(digits.count) else { return nil }
        low = Self.padded(digits, with: UInt8(ascii: "0"))
        high = Self.padded(digits, with: UInt8(ascii: "f"))
    }

    private static func padded(_ digits: [UInt8], with digit: UInt8) -> Data {
        let all = digits + Array(repeating: digit, count: mostDigits - digits.count)
        func value(_ index: Int) -> UInt8 { all[index] > UInt8(ascii: "9") ? all[index] - 87 : all[index] - 48 }
        return Data(stride(from: 0, to: mostDigits, by: 2).map { value($0) << 4 | value($0 + 1) })
    }
}
