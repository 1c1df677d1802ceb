// DigitScan owns reading dates and times digit by digit, for every form of them that the contract meets.
//
// Pure. It sees ASCII digits and marks only: digits of other scripts are none.

/// A place in a text of digits and marks.
package struct DigitScan: Sendable {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ text: String) {
        bytes = Array(text.utf8)
    }

    package var isAtEnd: Bool { position == bytes.count }

    /// Whether a digit comes next.
    package var seesDigit: Bool { !isAtEnd && Self.isDigit(bytes[position]) }

    /// Passes a mark, if it is next.
    package mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard !isAtEnd, UInt32(bytes[position]) == mark.value else { return false }
        position += 1
        return true
    }

    /// Passes exactly so many digits.
    ///
    /// - Returns: nil, and passes nothing, when there are fewer.
    package mutating func number(_ count: Int) -> Int? {
        let end = position + count
        guard end <= bytes.count, bytes[position..<end].allSatisfy(Self.isDigit) else { return nil }
        defer { position = end }
        return bytes[position..<end].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// Passes all digits that come next.
    ///
    /// - Returns: nil, and passes nothing, when there are too few or too many.
    package mutating func digits(_ counts: ClosedRange<Int>) -> String? {
        let found = bytes[position...].prefix(while: Self.isDigit)
        guard counts.contains(found.count) else { return nil }
        position += found.count
        return String(decoding: found, as: UTF8.self)
    }

    /// Passes `Z`, `±hh:mm` or `±hhmm`.
    ///
    /// - Returns: nil when none is next, or it is larger than `Instant.maximumOffsetSeconds`.
    package mutating func offset() -> (seconds: Int, isZulu: Bool)? {
        if take("Z") || take("z") { return (0, true) }
        let isWest = take("-")
        guard isWest || take("+"), let hours = number(2) else { return nil }
        if take(":"), !seesDigit { return nil }
        guard let minutes = number(2), minutes < 60 else { return nil }
        let seconds = hours * 3600 + minutes * 60
        return seconds <= Instant.maximumOffsetSeconds ? (isWest ? -seconds : seconds, false) : nil
    }

    /// What a fraction's digits mean in nanoseconds; what is finer is cut off.
    package static func nanoseconds(_ fraction: String) -> Int {
        let digits = fraction.utf8.prefix(9).reduce(0) { $0 * 10 + Int($1) - Int(UInt8(ascii: "0")) }
        return (fraction.utf8.count..<max(9, fraction.utf8.count)).reduce(digits) { number, _ in number * 10 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
