// Days that are written, against Foundation.

import Foundation
import Radiology
import Testing

@Suite struct DayNumberTests {
    @Test(arguments: [
        "1600-02-29", "1899-12-31", "1969-12-31", "1970-01-01", "2000-02-29", "2026-11-29", "9999-12-31",
    ])
    func aDayIsWhatFoundationCounts(date: String) throws {
        let formatter = DateFormatter()
        formatter.calendar = Calendar(identifier: .iso8601)
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd"
        let instant = try #require(formatter.date(from: date))
        #expect(DayNumber.of(date) == Int32((instant.timeIntervalSince1970 / 86_400).rounded(.down)))
    }

    @Test(arguments: [
        "1900-02-29", "2026-02-30", "2026-13-01", "2026-00-10", "2026-1-01", "2026-01-01 ", "2026/01/01", "+026-01-01",
        "",
    ])
    func otherTextsAreNone(text: String) {
        #expect(DayNumber.of(text) == nil)
    }
}
