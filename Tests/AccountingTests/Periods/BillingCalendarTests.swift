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

    /// A place whose zone is another from a month on: no instant is in two days, or in none.
    @Test(arguments: [
        ("Asia/Tokyo", "Europe/London", 33 * 3600), ("Europe/London", "Asia/Tokyo", 15 * 3600),
        ("America/New_York", "Pacific/Kiritimati", 6 * 3600), ("Etc/GMT+12", "Pacific/Kiritimati", 0),
        ("Asia/Kathmandu", "Australia/Lord_Howe", 24 * 3600 - 18_900),
    ])
    func aNewZoneHoldsFromWhereTheOldOneEnded(old: String, new: String, seconds: Int) throws {
        let days = BillingMonth(year: 2026, month: 11).days
        let before = try #require(BillingCalendar(timeZone: old))
        let until = before.start(ofDay: days.lowerBound)
        let zones = [EarlierZone(timeZone: old, untilSeconds: until)]
        #expect(EarlierZone.zones(EarlierZone.text(zones)) == zones)
        let calendar = try #require(BillingCalendar(timeZone: new, after: zones))
        let after = try #require(BillingCalendar(timeZone: new))
        #expect(calendar.start(ofDay: days.lowerBound) == until)
        #expect(calendar.start(ofDay: days.lowerBound + 1) - until == Int64(seconds))
        #expect(
            calendar.timeZone(ofDay: days.lowerBound - 1) == old && calendar.timeZone(ofDay: days.lowerBound) == new)
        for day in days.dropFirst(2) { #expect(calendar.start(ofDay: day) == after.start(ofDay: day)) }
        for second in stride(from: until - 200_000, to: until + 200_000, by: 901) {
            let day = calendar.day(at: second)
            #expect(calendar.start(ofDay: day) <= second && second < calendar.start(ofDay: day + 1))
        }
    }

    @Test func daysAreCountedOverCenturies() {
        #expect(BillingDay(year: 1970, month: 1, day: 1).number == 0)
        for number in stride(from: Int64(-200_000), through: 400_000, by: 97) {
            #expect(BillingDay(number: number).number == number)
        }
        #expect(BillingMonth("2028-02")?.days.count == 29 && BillingMonth("2026-13") == nil)
    }
}
