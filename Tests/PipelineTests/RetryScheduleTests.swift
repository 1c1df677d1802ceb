// Waits grow by the factor up to the cap.

import Testing

@testable import Pipeline

@Suite struct RetryScheduleTests {
    private let schedule = RetrySchedule(
        firstMilliseconds: 30_000, factor: 2, capMilliseconds: 3_600_000, giveUpAfterMilliseconds: 1000)

    @Test func waitsGrowUpToTheCap() {
        #expect((0...3).map { schedule.wait(afterFailures: $0) } == [30_000, 60_000, 120_000, 240_000])
        #expect(schedule.wait(afterFailures: 500) == 3_600_000)
    }

    @Test func givesUpAfterTheFirstFailureNotTheLast() {
        #expect(!schedule.isExhausted(firstFailedAt: nil, now: 5000))
        #expect(!schedule.isExhausted(firstFailedAt: 4001, now: 5000))
        #expect(schedule.isExhausted(firstFailedAt: 4000, now: 5000))
    }
}
