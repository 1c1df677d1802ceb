import Radiology
import Testing

struct DurationWordsTests {
    @Test(
        arguments: [
            (0, "0s"), (1, "1ms"), (1000, "1s"), (1500, "1500ms"), (90_000, "90s"), (5_400_000, "90m"),
            (129_600_000, "36h"),
            (604_800_000, "7d"), (86_400_000, "1d"),
        ] as [(Int64, String)])
    func aDurationIsSaidAsItIsWritten(_ milliseconds: Int64, _ expected: String) {
        #expect(DurationWords.text(milliseconds: milliseconds) == expected)
    }
}
