// Published values of the measures of agreement.

import Testing

@testable import Consensus

@Suite struct AgreementTests {
    /// Krippendorff's twelve units by four raters, some missing; also Gwet's first example.
    private let raters = [
        "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .",
    ]

    private var counts: RatingCounts {
        let columns = raters.map { $0.split(separator: " ").map { Int($0) } }
        let rows = (0..<12).map { unit in
            (1...5).map { label in columns.count { $0[unit] == label } }
        }
        return RatingCounts(rows, labelCount: 5)
    }

    @Test func krippendorff() throws {
        let items = counts.all
        #expect(abs(try #require(KrippendorffAlpha.value(counts, items: items, scale: .nominal)) - 0.743421) < 1e-6)
        #expect(abs(try #require(KrippendorffAlpha.value(counts, items: items, scale: .ordinal)) - 0.815388) < 1e-6)
        let interval = KrippendorffAlpha.value(counts, items: items, scale: .interval([1, 2, 3, 4, 5]))
        #expect(abs(try #require(interval) - 0.849) < 5e-4)
    }

    @Test func gwetAndFleiss() throws {
        #expect(abs(try #require(Kappas.gwetAC1(counts, items: counts.all)) - 0.77544) < 5e-6)
        #expect(abs(try #require(Kappas.fleiss(counts, items: counts.all)) - 0.76117) < 5e-6)
    }

    @Test func cohen() throws {
        let pairs =
            [(Int, Int)](repeating: (0, 0), count: 20) + [(Int, Int)](repeating: (0, 1), count: 5)
            + [(Int, Int)](repeating: (1, 0), count: 10) + [(Int, Int)](repeating: (1, 1), count: 15)
        #expect(abs(try #require(Kappas.cohen(pairs, labelCount: 2)) - 0.4) < 1e-12)
        #expect(Kappas.cohen([], labelCount: 2) == nil)
        #expect(Kappas.cohen([(0, 0)], labelCount: 2) == nil)
    }

    @Test func bootstrapIsRepeatableAndHoldsTheValue() throws {
        let counts = counts
        let intervals = [7, 7, 8].map { seed in
            Bootstrap.interval(itemCount: 12, samples: 1000, level: 0.95, seed: seed) {
                KrippendorffAlpha.value(counts, items: $0, scale: .nominal)
            }
        }
        let first = try #require(intervals[0])
        #expect(intervals[0] == intervals[1] && intervals[0] != intervals[2])
        #expect(first.lower < 0.743 && first.upper > 0.743 && first.lower > 0.3 && first.upper <= 1)
    }

    @Test func nothingToCompareIsNoValue() {
        let lone = RatingCounts([[1, 0], [0, 1]], labelCount: 2)
        #expect(KrippendorffAlpha.value(lone, items: lone.all, scale: .nominal) == nil)
        #expect(Kappas.fleiss(lone, items: lone.all) == nil)
        #expect(Bootstrap.interval(itemCount: 0, samples: 10, level: 0.9, seed: 1) { _ in 1 } == nil)
    }

    @Test func wilson() throws {
        let interval = try #require(Proportion(81, of: 263).wilson())
        #expect(abs(interval.lower - 0.2553) < 5e-5 && abs(interval.upper - 0.3662) < 5e-5)
        #expect(Proportion(0, of: 10).wilson()?.lower == 0)
        #expect(Proportion(0, of: 0).wilson() == nil)
    }

    @Test func detectionRates() {
        let rates = DetectionRates([(true, true), (false, true), (true, true), (false, false), (true, false)])
        #expect(rates.sensitivity == Proportion(2, of: 3))
        #expect(rates.specificity == Proportion(1, of: 2))
        #expect(rates.recallRate == Proportion(3, of: 5))
    }
}
