// The policy clock: fixed by `--as-of`, written with the site's offset.

import Testing

@testable import Pipeline

@Suite struct SiteClockTests {
    @Test(
        "records carry the site's offset",
        arguments: [
            ("Asia/Tokyo", "2026-11-20T10:15:00+09:00"), ("UTC", "2026-11-20T01:15:00+00:00"),
            ("Asia/Kathmandu", "2026-11-20T07:00:00+05:45"), ("America/New_York", "2026-11-19T20:15:00-05:00"),
        ])
    func offset(zone: String, text: String) throws {
        let clock = try #require(SiteClock(asOf: "2026-11-20T10:15:00+09:00", timeZone: zone))
        #expect(clock.timestamp == text)
    }

    @Test(
        "an instant is the same whatever the zone",
        arguments: [
            ("2026-11-20T10:15:00+09:00", "2026-11-20T01:15:00+00:00"),
            ("2026-11-20T01:15:00Z", "2026-11-20T01:15:00+00:00"),
            ("2026-11-20t01:15z", "2026-11-20T01:15:00+00:00"),
            ("2026-11-19T20:15:00.999-05:00", "2026-11-20T01:15:00+00:00"),
            ("2026-11-20T10:15:00+0900", "2026-11-20T01:15:00+00:00"),
            ("2024-02-29T23:59:59-00:30", "2024-03-01T00:29:59+00:00"),
        ])
    func instant(text: String, record: String) throws {
        #expect(try #require(SiteClock(asOf: text, timeZone: "UTC")).timestamp == record)
        let other = try #require(SiteClock(asOf: text, timeZone: "America/New_York"))
        #expect(try other.seconds == #require(SiteClock.seconds(of: record)))
    }

    @Test(
        "a date is its midnight in the site's zone, or the first moment of a day without one",
        arguments: [
            ("UTC", "2026-11-20", "2026-11-20T00:00:00+00:00"),
            ("Asia/Tokyo", "2026-11-20", "2026-11-20T00:00:00+09:00"),
            ("Europe/London", "2026-07-01", "2026-07-01T00:00:00+01:00"),
            ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"),
        ])
    func date(zone: String, text: String, record: String) throws {
        #expect(try #require(SiteClock(asOf: text, timeZone: zone)).timestamp == record)
    }

    @Test(arguments: [
        "yesterday", "", "2026-11-20T10:15:00", "2026-11-20T10:15", "2026-11-20 10:15:00Z", "2026-11-20T10:15:00+9",
        "2026-11-20T10:15:00+09", "2026-02-29", "2026-13-01T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T10:60:00Z",
        "2026-11-20T10:15:00+19:00", "20261120", "1700000000", " 2026-11-20", "2026-11-20T", "٢٠٢٦-11-20",
    ])
    func whatIsNoTimeIsRefused(_ text: String) {
        #expect(SiteClock(asOf: text, timeZone: "UTC") == nil)
    }
}
