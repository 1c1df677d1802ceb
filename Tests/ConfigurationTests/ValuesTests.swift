import Configuration
import Testing

/// The small languages of the configuration: decimals, durations, sizes, percentages, dates.
struct ValuesTests {
    @Test(arguments: [("0.20", 20, 2), ("900.00", 90_000, 2), ("-3", -3, 0), ("007", 7, 0)] as [(String, Int64, Int)])
    func decimalsAreExact(_ text: String, _ unscaled: Int64, _ scale: Int) throws {
        let decimal = try #require(ExactDecimal(text))
        #expect(decimal.unscaled == unscaled)
        #expect(decimal.scale == scale)
        #expect(decimal.text == text)
    }

    @Test(arguments: ["", "-", ".5", "5.", "1,5", "1e3", "+1", " 1", "1.2.3", "0x1", "٣", "1234567890123456789"])
    func otherThingsAreNoDecimals(_ text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func decimalsCompareByValue() throws {
        let short = try #require(ExactDecimal("0.5"))
        let long = try #require(ExactDecimal("0.500"))
        let larger = try #require(ExactDecimal("0.50000000000000001"))
        #expect(short == long)
        #expect(short < larger)
        #expect(larger < ExactDecimal(1))
    }

    @Test(
        arguments: [
            ("10s", 10_000), ("5m", 300_000), ("36h", 129_600_000), ("30d", 2_592_000_000), ("200ms", 200),
            ("0.2s", 200),
            ("1.5h", 5_400_000), ("0d", 0), ("36525d", 3_155_760_000_000),
        ] as [(String, Int64)])
    func durationsAreMilliseconds(_ text: String, _ milliseconds: Int64) {
        #expect(DurationText.milliseconds(text) == milliseconds)
    }

    @Test(arguments: ["", "10", "s", "-1s", "1 s", "0.0001s", "36526d", "1y", "1w", "99999999999999999d", "1hm"])
    func otherThingsAreNoDurations(_ text: String) {
        #expect(DurationText.milliseconds(text) == nil)
    }

    @Test(
        arguments: [
            ("30", ", such as 30s, 30m, 30h or 30d"), ("10 seconds", "; write 10s"), ("5min", "; write 5m"),
            ("36H", "; write 36h"), ("2 weeks", "; write 14d"), ("-1s", ", 0 or more"), ("1y", ", such as 10s or 36h"),
            ("0.0001s", ", in whole milliseconds and at most 36525d"),
            ("36526d", ", in whole milliseconds and at most 36525d"),
        ])
    func whatIsNoDurationSaysWhatWouldBeRight(_ text: String, _ advice: String) throws {
        let wanted = "a duration is wanted: a number with ms, s, m, h or d"
        try Mistake(
            "images.yaml", "settle: 10s", to: "settle: \(text)",
            "6: settle: here stands \"\(text)\"; \(wanted)\(advice)"
        ).checkAlone()
    }

    @Test(arguments: ["10s", "5m", "36h", "30d", "200ms", "90s", "0s"])
    func durationsAreWrittenInTheLargestUnit(_ text: String) throws {
        let milliseconds = try #require(DurationText.milliseconds(text))
        #expect(DurationText.text(milliseconds: milliseconds) == text)
    }

    @Test(
        arguments: [
            ("100GB", 100_000_000_000), ("64KiB", 65_536), ("1.5kB", 1500), ("7", 7), ("7B", 7),
            ("2TiB", 2_199_023_255_552),
        ] as [(String, Int64)])
    func sizesAreBytes(_ text: String, _ byteCount: Int64) {
        #expect(ByteSizeText.byteCount(text) == byteCount)
    }

    @Test(arguments: ["", "GB", "-1GB", "1 GB", "1.5B", "1gb", "2000PB", "999999999999999999PB"])
    func otherThingsAreNoSizes(_ text: String) {
        #expect(ByteSizeText.byteCount(text) == nil)
    }

    @Test func percentagesAreShares() throws {
        #expect(Percentage("90%")?.of(1_000_000_000_000_000_000) == 900_000_000_000_000_000)
        #expect(Percentage("2.5%")?.basisPoints == 250)
        #expect(Percentage("2.05%")?.description == "2.05%")
        #expect(Percentage("2.5%")?.description == "2.5%")
        #expect(Percentage("90%")?.description == "90%")
        for text in ["90", "-1%", "100.01%", "1.005%", "%"] { #expect(Percentage(text) == nil, "\(text)") }
        #expect(DiskShare.percentage(Percentage(percent: 5)).byteCount(ofDisk: 999) == 49)
        #expect(DiskShare.bytes(7).byteCount(ofDisk: 999) == 7)
    }

    @Test func datesExist() {
        #expect(CalendarDate("2028-02-29")?.description == "2028-02-29")
        for text in [
            "2027-02-29", "2100-02-29", "2026-04-31", "2026-1-1", "2026-13-01", "20260101", "2026-01-01T00:00",
        ] {
            #expect(CalendarDate(text) == nil, "\(text)")
        }
    }

    @Test func selectionsOverlap() {
        #expect(Selection.all.overlaps(.only(["a"])))
        #expect(!Selection.all.overlaps(.only([])))
        #expect(!Selection.only(["a"]).overlaps(.only(["b"])))
        #expect(Selection.only(["a", "b"]).overlaps(.only(["b"])))
    }
}
