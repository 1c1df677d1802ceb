// A time as `--as-of` takes it: an instant with its offset, or a date, which is its midnight in the site's zone.
//
// Pure. Never guesses an offset: a time of day without one is refused, since it would mean another instant on each machine.

internal import Foundation

/// A point in time that somebody wrote.
package enum AsOf: Sendable, Equatable {
    /// Seconds since 1970; parts of a second are cut off.
    case instant(seconds: Int64)
    case date(year: Int, month: Int, day: Int)

    /// What would be right, for messages.
    package static let form =
        "write an instant with its offset, 2026-11-20T10:15:00+09:00 or 2026-11-20T01:15:00Z,"
        + " or a date, 2026-11-20, for its midnight in the site's time zone"

    /// - Parameter text: `YYYY-MM-DD`, or with `THH:MM[:SS[.fraction]]` and `Z`, `±HH:MM` or `±HHMM` after it.
    /// - Returns: nil for anything else, and for a day or time that does not exist.
    package init?(_ text: String) {
        guard let parts = text.wholeMatch(of: Self.pattern)?.output, let year = Int(parts.1), let month = Int(parts.2),
            let day = Int(parts.3), Self.exists(year, month, day)
        else { return nil }
        guard let hour = parts.4.flatMap({ Int($0) }) else {
            self = .date(year: year, month: month, day: day)
            return
        }
        guard let minute = parts.5.flatMap({ Int($0) }), hour < 24, minute < 60,
            let second = Int(parts.6 ?? "0"), second < 60, let offset = Self.offset(parts.7 ?? ""),
            let midnight = Self.midnight(year, month, day, in: .gmt)
        else { return nil }
        self = .instant(seconds: midnight + Int64(hour * 3600 + minute * 60 + second) - offset)
    }

    /// Seconds since 1970 in a zone.
    func seconds(in zone: TimeZone) -> Int64? {
        switch self {
        case .instant(let seconds): seconds
        case .date(let year, let month, let day): Self.midnight(year, month, day, in: zone)
        }
    }

    private nonisolated(unsafe) static let pattern =
        /([12]\d{3})-(\d{2})-(\d{2})(?:[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2}))?/
        .asciiOnlyDigits()

    private static func exists(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return DateComponents(calendar: calendar, year: year, month: month, day: day).isValidDate
    }

    /// The first moment of a day; a zone may skip its midnight.
    private static func midnight(_ year: Int, _ month: Int, _ day: Int, in zone: TimeZone) -> Int64? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let noon = DateComponents(calendar: calendar, year: year, month: month, day: day, hour: 12).date
        return noon.map { Int64(calendar.startOfDay(for: $0).timeIntervalSince1970) }
    }

    /// Seconds east of Greenwich.
    private static func offset(_ text: Substring) -> Int64? {
        if text == "Z" || text == "z" { return 0 }
        guard let hours = Int64(text.dropFirst().prefix(2)), let minutes = Int64(text.suffix(2)), hours <= 18,
            minutes < 60
        else { return nil }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
