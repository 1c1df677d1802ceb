// Rhythms that senders have, and on which day a silence becomes longer than usual: never before, and not on a weekend.

import Radiology
import Testing

@Suite struct ArrivalRhythmTests {
    /// 2026-11-02.
    private static let monday: Int64 = 20_759

    /// Days of some weekdays (0 is Monday) in the weeks before `monday`, every `step` weeks.
    private static func days(_ weekdays: Set<Int>, weeks: Int, every step: Int64 = 1) -> [Int64] {
        (1...Int64(weeks)).flatMap { week in weekdays.map { monday - 7 * week * step + Int64($0) } }
    }

    /// Days after `monday` on which a rhythm is quiet, of the first four weeks.
    private static func firstQuietDay(_ rhythm: ArrivalRhythm?, factor: Int64 = 200) throws -> Int64? {
        let rhythm = try #require(rhythm)
        return (0..<400).first { rhythm.isQuiet(on: monday + $0, factorInHundredths: factor) }
    }

    @Test func weekdaysAreCountedFromMonday() {
        #expect(ArrivalRhythm.weekday(of: Self.monday) == 0 && ArrivalRhythm.weekday(of: Self.monday + 6) == 6)
        #expect(ArrivalRhythm.weekday(of: 0) == 3 && ArrivalRhythm.weekday(of: -1) == 2)
        #expect(ArrivalRhythm.weekday(of: -4) == 6)
    }

    @Test func whoSendsOnWorkingDaysIsMissedAfterTwoOfThem() throws {
        let rhythm = try #require(ArrivalRhythm(days: Self.days([0, 1, 2, 3, 4], weeks: 8)))
        #expect(rhythm.usualWeekdays == [0, 1, 2, 3, 4] && rhythm.usualGap == 1)
        // Heard on Friday: Saturday and Sunday tell nothing, nor does Monday before it is over; on Wednesday two days are missed.
        let missed = (0...3).map { rhythm.missedDays(on: Self.monday + $0) }
        #expect(missed == [0, 1, 2, 3])
        #expect(try Self.firstQuietDay(rhythm) == 2)
        #expect(try Self.firstQuietDay(rhythm, factor: 100) == 1)
        #expect(try Self.firstQuietDay(rhythm, factor: 150) == 2)
        #expect(try Self.firstQuietDay(rhythm, factor: 500) == 5)
        #expect(try Self.firstQuietDay(rhythm, factor: 600) == 8, "a weekend lies between")
    }

    @Test func aSilenceThatSpansAWeekendCountsItsWorkingDays() throws {
        // Heard on Thursday last.
        let days = Self.days([0, 1, 2, 3, 4], weeks: 8).filter { $0 != Self.monday - 3 }
        let rhythm = try #require(ArrivalRhythm(days: days))
        #expect(!rhythm.isQuiet(on: Self.monday, factorInHundredths: 200), "one Friday")
        #expect(rhythm.isQuiet(on: Self.monday + 1, factorInHundredths: 200), "a Friday and a Monday")
    }

    @Test func whoSendsOnOneWeekdayIsNotMissedOnTheOthers() throws {
        let weekly = ArrivalRhythm(days: Self.days([0], weeks: 8))
        #expect(weekly?.usualWeekdays == [0])
        // Heard a week ago; the Mondays of day 0 and 7 pass.
        #expect(try Self.firstQuietDay(weekly) == 8)
        let fortnightly = ArrivalRhythm(days: Self.days([0], weeks: 8, every: 2))
        #expect(fortnightly?.usualGap == 2)
        #expect(try Self.firstQuietDay(fortnightly) == 15, "four Mondays, the first of them a week before")
    }

    @Test func rareSaturdaysMakeNoWorkingDay() {
        let rhythm = ArrivalRhythm(days: Self.days([0, 1, 2, 3, 4], weeks: 8) + [Self.monday - 9, Self.monday - 16])
        #expect(rhythm?.usualWeekdays == [0, 1, 2, 3, 4] && rhythm?.usualGap == 1)
        let half = ArrivalRhythm(days: Self.days([0, 1, 2, 3, 4], weeks: 8) + (1...4).map { Self.monday - 7 * $0 - 2 })
        #expect(half?.usualWeekdays.contains(5) == true, "half of its Saturdays")
    }

    @Test func whoSendsWithoutARuleHasTheGapsThatItHad() throws {
        // Every third day, over all weekdays.
        let rhythm = try #require(ArrivalRhythm(days: (1...20).map { Self.monday - 3 * $0 }))
        #expect(rhythm.usualWeekdays == Set(0..<7) && rhythm.usualGap == 3)
        #expect(try Self.firstQuietDay(rhythm) == 4, "six days without anything")
    }

    @Test func oneHolidayAmongManyDaysIsNotWhatIsUsual() {
        let rhythm = ArrivalRhythm(
            days: Self.days([0, 1, 2, 3, 4], weeks: 9).filter { !(1...5).contains(Self.monday - 28 - $0) })
        #expect(rhythm?.usualGap == 1)
        // Of few days it may be.
        let few = ArrivalRhythm(days: [0, 1, 2, 3, 14].map { Self.monday - 30 + $0 })
        #expect((few?.usualGap ?? 0) > 1)
    }

    @Test func fewOrOldDaysTellNothing() {
        #expect(ArrivalRhythm(days: []) == nil)
        #expect(ArrivalRhythm(days: [0, 1, 2, 3]) == nil && ArrivalRhythm(days: [0, 1, 2, 3, 3]) == nil)
        #expect(ArrivalRhythm(days: [0, 1, 2, 3, 4]) != nil)
        let last = ArrivalRhythm.longestSpan
        #expect(ArrivalRhythm(days: [0, last - 3, last - 2, last - 1, last]) != nil)
        #expect(ArrivalRhythm(days: [-1, last - 3, last - 2, last - 1, last]) == nil, "a year and a day")
    }

    @Test func theOrderOfDaysAndRepetitionsMeanNothing() {
        let days = Self.days([1, 3], weeks: 6)
        #expect(ArrivalRhythm(days: days.reversed() + days) == ArrivalRhythm(days: days))
    }

    @Test func whatIsHeardTodayIsNeverQuiet() throws {
        let rhythm = try #require(ArrivalRhythm(days: (1...10).map { Self.monday - $0 }))
        for day in [rhythm.lastDay - 1, rhythm.lastDay, rhythm.lastDay + 1] {
            #expect(!rhythm.isQuiet(on: day, factorInHundredths: 100))
        }
        #expect(rhythm.isQuiet(on: rhythm.lastDay + 2, factorInHundredths: 100))
    }
}
