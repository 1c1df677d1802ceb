// Instant owns a point in time as the contract writes it: ISO 8601 with an offset.
//
// Pure. It keeps the text that it was read from, completed where that left out seconds or the colon of the offset,
// so that a record says what its sender said. Two instants with different offsets may be the same point.

/// A point in time with the offset of the place where it was written down.
///
/// - Source: ISO 8601, the extended form, as RFC 3339 narrows it.
package struct Instant: Hashable, Sendable, CustomStringConvertible {
    /// What the clock on the wall said.
    package let local: LocalTime
    /// Seconds that the wall clock was ahead of UTC.
    package let offsetSeconds: Int
    /// `2026-11-20T10:15:00+09:00`; with `Z` and with fractions where they were given so.
    package let text: String

    /// The largest offset that any place ever had, with room.
    package static let maximumOffsetSeconds = 18 * 3600

    /// Of a wall clock and its offset.
    ///
    /// - Returns: nil when the offset is beyond `maximumOffsetSeconds`, or no whole minute.
    package init?(_ local: LocalTime, offsetSeconds: Int) {
        guard abs(offsetSeconds) <= Self.maximumOffsetSeconds, offsetSeconds % 60 == 0 else { return nil }
        self.local = local
        self.offsetSeconds = offsetSeconds
        text =
            Self.text(local, fraction: Self.shortestFraction(local.nanosecond))
            + Self.text(offsetSeconds: offsetSeconds)
    }

    /// Reads `YYYY-MM-DDThh:mm[:ss[.f]]` with `Z`, `±hh:mm` or `±hhmm`.
    ///
    /// - Returns: nil when it is none, has no offset, or names a date or time that does not exist.
    package init?(iso8601 text: String) {
        var scan = DigitScan(text)
        guard let year = scan.number(4), scan.take("-"), let month = scan.number(2), scan.take("-"),
            let day = scan.number(2), scan.take("T") || scan.take("t"), let hour = scan.number(2), scan.take(":"),
            let minute = scan.number(2)
        else { return nil }
        var second = 0
        var fraction: String?
        if scan.take(":") {
            guard let number = scan.number(2) else { return nil }
            second = number
            if scan.take(".") {
                guard let digits = scan.digits(1...9) else { return nil }
                fraction = digits
            }
        }
        guard let offset = scan.offset(), scan.isAtEnd,
            let local = LocalTime(
                year: year, month: month, day: day, hour: hour, minute: minute, second: second,
                nanosecond: DigitScan.nanoseconds(fraction ?? ""))
        else { return nil }
        self.local = local
        offsetSeconds = offset.seconds
        self.text =
            Self.text(local, fraction: fraction) + (offset.isZulu ? "Z" : Self.text(offsetSeconds: offset.seconds))
    }

    package var description: String { text }

    /// Milliseconds since 1970 began in UTC.
    package var millisecondsSince1970: Int64 { local.millisecondsSince1970 - Int64(offsetSeconds) * 1000 }

    private static func text(_ local: LocalTime, fraction: String?) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(local.year, 4))-\(padded(local.month, 2))-\(padded(local.day, 2))"
        let time = "\(padded(local.hour, 2)):\(padded(local.minute, 2)):\(padded(local.second, 2))"
        return "\(date)T\(time)" + (fraction.map { "." + $0 } ?? "")
    }

    private static func text(offsetSeconds: Int) -> String {
        let minutes = abs(offsetSeconds) / 60
        let digits = String(10_000 + minutes / 60 * 100 + minutes % 60).dropFirst()
        return (offsetSeconds < 0 ? "-" : "+") + digits.prefix(2) + ":" + digits.suffix(2)
    }

    private static func shortestFraction(_ nanosecond: Int) -> String? {
        guard nanosecond > 0 else { return nil }
        var digits = String(1_000_000_000 + nanosecond).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return String(digits)
    }
}
