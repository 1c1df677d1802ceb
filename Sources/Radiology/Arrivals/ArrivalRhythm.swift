// ArrivalRhythm owns what is usual of somebody who sends: on which weekdays, and at which distance; and whether a silence is
// longer than that.
//
// Pure. Made from the sender's own days alone, so that whoever sends on weekdays is not missed on a Sunday, and whoever sends
// every second Monday is not missed on a Tuesday. It never knows the present.

/// When somebody usually sends.
package struct ArrivalRhythm: Hashable, Sendable {
    /// The weekdays of which at least half brought something; 0 is Monday. All seven where no weekday did so often.
    package let usualWeekdays: Set<Int>
    /// From one day with something to the next one, counted in usual weekdays; 95 of 100 were no longer. At least 1.
    package let usualGap: Int
    /// The last day that brought something, in days since 1970-01-01.
    package let lastDay: Int64

    /// Fewer days tell of no rhythm.
    package static let leastDays = 5
    /// What is further back than a year before the last day tells nothing of today.
    package static let longestSpan: Int64 = 365
    private static let weekdayCount: Int64 = 7
    /// 1970-01-01 was a Thursday.
    private static let weekdayOfDayZero: Int64 = 3

    /// - Parameter days: Days that brought something, in days since 1970-01-01, in any order.
    /// - Returns: nil where they are too few to tell.
    package init?(days: some Sequence<Int64>) {
        let all = Set(days).sorted()
        guard let last = all.last else { return nil }
        let ordered = all.filter { last - $0 <= Self.longestSpan }
        guard ordered.count >= Self.leastDays, let first = ordered.first else { return nil }
        let usual = Self.usualWeekdays(of: ordered, from: first, through: last)
        let gaps = zip(ordered, ordered.dropFirst()).map { Self.count(usual, after: $0, through: $1) }.sorted()
        usualWeekdays = usual
        // The nearest rank, so that one long holiday among many days makes nobody be waited for longer.
        usualGap = max(1, gaps[(gaps.count * 95 + 99) / 100 - 1])
        lastDay = last
    }

    /// Usual weekdays that went by without anything since the last day; a day that is not over does not count.
    package func missedDays(on today: Int64) -> Int {
        today <= lastDay + 1 ? 0 : Self.count(usualWeekdays, after: lastDay, through: today - 1)
    }

    /// Whether nothing came for longer than usual.
    ///
    /// - Parameter factor: How many usual gaps make a silence, in hundredths: 200 for twice.
    package func isQuiet(on today: Int64, factorInHundredths factor: Int64) -> Bool {
        let missed = missedDays(on: today)
        return missed > 0 && Int64(missed) * 100 >= factor * Int64(usualGap)
    }

    /// 0 is Monday.
    package static func weekday(of day: Int64) -> Int {
        let shifted = (day + weekdayOfDayZero) % weekdayCount
        return Int(shifted < 0 ? shifted + weekdayCount : shifted)
    }

    private static func usualWeekdays(of days: [Int64], from first: Int64, through last: Int64) -> Set<Int> {
        let came = Dictionary(grouping: days, by: weekday).mapValues(\.count)
        let usual = (0..<Int(weekdayCount)).filter { weekday in
            let there = count([weekday], after: first - 1, through: last)
            return there > 0 && 2 * (came[weekday] ?? 0) >= there
        }
        return Set(usual.isEmpty ? Array(0..<Int(weekdayCount)) : usual)
    }

    /// Days of some weekdays in a range, without a step for each day.
    private static func count(_ weekdays: Set<Int>, after day: Int64, through last: Int64) -> Int {
        guard last > day else { return 0 }
        let weeks = Int((last - day) / weekdayCount)
        let rest = (last - day) % weekdayCount
        let begun = (0..<rest).count { weekdays.contains(weekday(of: last - $0)) }
        return weeks * weekdays.count + begun
    }
}
