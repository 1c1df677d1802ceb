// BillingCalendar owns the days of a place: which day an instant falls on, and when a day begins.
//
// Pure but for a memo of what was worked out. Days are numbered from 1970-01-01. A day is half-open: from its first instant
// to the next day's; it may have 23, 24, 25 or another number of hours, and none at all where a place left a day out.
// Of a place whose zone is another now, days before the change stay what they were, and the first one after it begins where
// the last one ended: no instant is in two days, or in none.

internal import Foundation
internal import Synchronization

/// The calendar of a time zone.
package final class BillingCalendar: Sendable {
    /// A name of the IANA database.
    package let identifier: String
    private let zone: TimeZone
    private let earlier: Earlier?
    private let starts = Mutex<[Int64: Int64]>([:])

    private static let daySeconds: Int64 = 86_400
    /// Days that are remembered: 11 years.
    private static let memoLimit = 4096

    /// How days were counted before a change.
    private struct Earlier: Sendable {
        let calendar: BillingCalendar
        /// In seconds since 1970.
        let until: Int64
        /// The first day that is counted otherwise.
        let day: Int64
    }

    /// - Parameters:
    ///   - identifier: A name of the IANA database; nil for another.
    ///   - earlier: Zones that held before it, the oldest first.
    package init?(timeZone identifier: String, after earlier: [EarlierZone] = []) {
        guard let zone = TimeZone(identifier: identifier) else { return nil }
        self.identifier = identifier
        self.zone = zone
        guard let last = earlier.last else {
            self.earlier = nil
            return
        }
        guard let before = BillingCalendar(timeZone: last.timeZone, after: earlier.dropLast()) else { return nil }
        self.earlier = Earlier(calendar: before, until: last.untilSeconds, day: before.day(at: last.untilSeconds))
    }

    /// The zone in which a day is counted.
    package func timeZone(ofDay day: Int64) -> String {
        guard let earlier, day < earlier.day else { return identifier }
        return earlier.calendar.timeZone(ofDay: day)
    }

    /// The number of the day on which an instant falls.
    ///
    /// - Parameter seconds: Since 1970.
    package func day(at seconds: Int64) -> Int64 {
        if let earlier, seconds < earlier.until { return earlier.calendar.day(at: seconds) }
        let local = Self.quotient(seconds + ownOffset(at: seconds), Self.daySeconds)
        let guess = max(local, earlier?.day ?? local)
        if seconds < start(ofDay: guess) { return guess - 1 }
        return seconds < start(ofDay: guess + 1) ? guess : guess + 1
    }

    /// The first instant of a day, in seconds since 1970; where clocks skip midnight, what they show next.
    package func start(ofDay day: Int64) -> Int64 {
        if let known = starts.withLock({ $0[day] }) { return known }
        let start = startUnremembered(ofDay: day)
        starts.withLock { memo in
            if memo.count >= Self.memoLimit { memo.removeAll(keepingCapacity: true) }
            memo[day] = start
        }
        return start
    }

    /// Instants of some days: the begin of each, and the end of the last.
    package func boundaries(_ days: Range<Int64>) -> [Int64] {
        (days.lowerBound...days.upperBound).map { start(ofDay: $0) }
    }

    /// An instant as records write it, with the offset of the place.
    package func text(_ seconds: Int64) -> String {
        let offset = offset(at: seconds)
        let local = seconds + offset
        let day = Self.quotient(local, Self.daySeconds)
        let second = local - day * Self.daySeconds
        func two(_ number: Int64) -> String { String(number + 100).suffix(2).description }
        let time = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        let sign = offset < 0 ? "-" : "+"
        return "\(BillingDay(number: day))T\(time)\(sign)\(two(abs(offset) / 3600)):\(two(abs(offset) / 60 % 60))"
    }

    private func startUnremembered(ofDay day: Int64) -> Int64 {
        guard let earlier, day <= earlier.day else { return max(firstInstant(ofDay: day), earlier?.until ?? .min) }
        return day == earlier.day ? earlier.until : earlier.calendar.start(ofDay: day)
    }

    private func offset(at seconds: Int64) -> Int64 {
        if let earlier, seconds < earlier.until { return earlier.calendar.offset(at: seconds) }
        return ownOffset(at: seconds)
    }

    private func ownOffset(at seconds: Int64) -> Int64 {
        Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
    }

    private func firstInstant(ofDay day: Int64) -> Int64 {
        let local = day * Self.daySeconds
        let before = ownOffset(at: local - 2 * Self.daySeconds)
        let after = ownOffset(at: local + 2 * Self.daySeconds)
        if before == after, ownOffset(at: local - before) == before { return local - before }
        // The clocks are put forward or back about that time: the first instant at which they show that day.
        var low = local - 2 * Self.daySeconds
        var high = local + 2 * Self.daySeconds
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if middle + ownOffset(at: middle) >= local { high = middle } else { low = middle }
        }
        return high
    }

    private static func quotient(_ number: Int64, _ divisor: Int64) -> Int64 {
        number >= 0 ? number / divisor : -((-number + divisor - 1) / divisor)
    }
}
