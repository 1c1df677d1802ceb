// Instants: which texts are some, what they mean, how they are completed.

import Foundation
import Testing

@testable import Radiology

@Suite struct InstantTests {
    @Test(arguments: [
        ("2026-11-20T10:15:00+09:00", "2026-11-20T10:15:00+09:00"), ("2026-11-20t10:15z", "2026-11-20T10:15:00Z"),
        ("2026-11-20T10:15:00.500-0330", "2026-11-20T10:15:00.500-03:30"),
        ("2024-02-29T23:59:59.123456789+00:00", "2024-02-29T23:59:59.123456789+00:00"),
    ])
    func textsAreCompleted(text: String, expected: String) {
        #expect(Instant(iso8601: text)?.text == expected)
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-11-20T10:15:00", "2026-11-20 10:15:00Z", "2026-02-29T10:15:00Z", "2026-11-20T24:00:00Z",
        "2026-11-20T10:15:60Z", "2026-11-20T10:15:00+9", "2026-11-20T10:15:00+09", "2026-11-20T10:15:00+09:",
        "2026-11-20T10:15:00+09:60", "2026-11-20T10:15:00+19:00", "2026-11-20T10:15:00.Z", "2026-11-20T10:15:00Zx",
        "2026-11-20T10:15:00.1234567890Z", "20261120T101500Z", "２026-11-20T10:15:00Z", "0000-01-01T00:00:00Z",
    ])
    func othersAreNone(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test func pointsInTimeAreThoseOfFoundation() throws {
        let formatter = ISO8601DateFormatter()
        for year in [1583, 1900, 1970, 1999, 2000, 2024, 2026, 2100, 9999] {
            for month in 1...12 {
                let local = try #require(LocalTime(year: year, month: month, day: 28, hour: 13, minute: 7, second: 9))
                let instant = try #require(Instant(local, offsetSeconds: 5 * 3600 + 1800))
                let date = try #require(formatter.date(from: instant.text))
                #expect(instant.millisecondsSince1970 == Int64(date.timeIntervalSince1970) * 1000, "\(instant)")
            }
        }
    }

    @Test func fractionsAndOffsetsAreWrittenShort() throws {
        let local = try #require(LocalTime(year: 2026, month: 1, day: 2, nanosecond: 250_000_000))
        #expect(Instant(local, offsetSeconds: -12_600)?.text == "2026-01-02T00:00:00.25-03:30")
        #expect(Instant(local, offsetSeconds: -12_600)?.millisecondsSince1970 == 1_767_324_600_250)
        #expect(Instant(local, offsetSeconds: 19 * 3600) == nil)
        #expect(Instant(local, offsetSeconds: 30) == nil)
    }
}
