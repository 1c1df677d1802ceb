// Days and months of places whose clocks change.

import Testing

@testable import Accounting

@Suite struct BillingCalendarTests {
    @Test(arguments: [
        ("Asia/Tokyo", 2026, 3, 744 * 3600), ("Europe/London", 2026, 3, 743 * 3600),
        ("Europe/London", 2026, 10, 745 * 3600),
        ("America/New_York", 2026, 3, 743 * 3600), ("Australia/Lord_Howe", 2026, 4, 720 * 3600 + 1800),
        ("Australia/Lord_Howe", 2026, 10, 744 * 3600 - 1800), ("Asia/Kathmandu", 2028, 2, 696 * 3600),
    ])
    func monthsHaveTheHoursThatClocksGiveThem(zone: String, year: Int, month: Int, seconds: Int) throws {
        let calendar = try #require(BillingCalendar(timeZone: zone))
        let days = BillingMonth(year: year, month: month).days
        #expect(calendar.start(ofDay: days.upperBound) - calendar.start(ofDay: days.lowerBound) == Int64(seconds))
        for day in days {
            let start = calendar.start(ofDay: day)
            #expect(calendar.day(at: start) == day && calendar.day(at: start - 1) == day - 1)
        }
    }

    @Test func midnightsAreThePlacesOwn() throws {
        let kathmandu = try #require(BillingCalendar(timeZone: "Asia/Kathmandu"))
        let day = BillingDay(year: 2028, month: 2, day: 29).number
        #expect(kathmandu.start(ofDay: day) == day * 86_400 - 20_700)
        #expect(kathmandu.text(kathmandu.start(ofDay: day)) == "2028-02-29T00:00:00+05:45")
        // Beirut's clocks go from midnight to one.
        let beirut = try #require(BillingCalendar(timeZone: "Asia/Beirut"))
        let spring = BillingDay(year: 2026, month: 3, day: 29).number
        #expect(beirut.text(beirut.start(ofDay: spring)) == "2026-03-29T01:00:00+03:00")
    }

    @Test func daysAreCountedOverCenturies() {
        #expect(BillingDay(year: 1970, month: 1, day: 1).number == 0)
        for number in stride(from: Int64(-200_000), through: 400_000, by: 97) {
            #expect(BillingDay(number: number).number == number)
        }
        #expect(BillingMonth("2028-02")?.days.count == 29 && BillingMonth("2026-13") == nil)
    }
}
