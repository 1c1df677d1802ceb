// DayNumber owns how a day that is written becomes a number, so that days can be counted. Pure.

/// Days counted from one to the next.
package enum DayNumber {
    /// - Parameter date: `YYYY-MM-DD`.
    /// - Returns: Days since 1970 began; nil when there is no such day.
    package static func of(_ date: String) -> Int32? {
        var date = date
        return date.withUTF8 { of(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The same of the bytes of a text.
    package static func of(bytes: UnsafeRawBufferPointer) -> Int32? {
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
        else { return nil }
        return LocalTime(year: year, month: month, day: day).map { Int32($0.daysSince1970) }
    }

    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
        var value = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
