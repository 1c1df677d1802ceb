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

    @Test func whatIsNoTimeIsRefused() {
        #expect(SiteClock(asOf: "yesterday", timeZone: "UTC") == nil)
    }
}
