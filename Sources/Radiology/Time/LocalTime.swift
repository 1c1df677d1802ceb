// LocalTime owns a date and a time of day as a calendar says them, before anyone says in which time zone.
//
// Pure. Only dates that exist are values. It never knows the present, nor any zone.

/// A date with a time of day, without an offset.
package struct LocalTime: Hashable, Sendable {
    /// 1 to 9999.
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to the last day of the month.
    package let day: Int
    /// 0 to 23.
    package let hour: Int
    package let minute: Int
    /// 0 to 59: a leap second is none.
    package let second: Int
    /// 0 to 999,999,999.
    package let nanosecond: Int

    /// - Returns: nil for a date or time that does not exist, such as 30 February.
    package init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, nanosecond: Int = 0
    ) {
        guard 1...9999 ~= year, 1...12 ~= month, 1...Self.dayCount(year: year, month: month) ~= day,
            0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second, 0...999_999_999 ~= nanosecond
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.nanosecond = nanosecond
    }

    /// Days of a month of the Gregorian calendar.
    package static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days since 1970 began, of the same calendar.
    ///
    /// - Source: the proleptic Gregorian calendar, counted in years that begin in March.
    package var daysSince1970: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted % 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Milliseconds since 1970-01-01T00:00:00 of the same calendar, as if there were no zones.
    package var millisecondsSince1970: Int64 {
        let seconds = Int64(daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
        return seconds * 1000 + Int64(nanosecond / 1_000_000)
    }
}
