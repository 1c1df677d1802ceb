// What is computed from reads: shares, intervals, agreement, and what cannot be told from few of them.

import Pages
import Stages
import Testing

@Suite struct ReadingSampleTests {
    /// One letter a reader and exam; `-` is no read.
    static func sample(
        _ exams: [String], results: [String], isOrdered: Bool = true, positive: String? = "r", turnarounds: [Int64] = []
    ) -> ReadingSample {
        let readers = ["sato", "ito", "weber"]
        let reads = exams.enumerated().flatMap { exam, letters in
            zip(readers, letters).filter { $0.1 != "-" }.map { reader, letter in
                ReadingSample.Read(exam: Int64(exam), round: 1, reader: reader, label: String(letter))
            }
        }
        let labels = results.enumerated().filter { $0.element != "-" }
        return ReadingSample(
            protocolID: "p", labels: ["n", "b", "r"], isOrdered: isOrdered, positive: positive, examCount: exams.count,
            work: readers.map {
                .init(
                    reader: $0, name: $0, assignedCount: exams.count, readCount: exams.count,
                    turnarounds: turnarounds)
            },
            reads: reads, results: Dictionary(uniqueKeysWithValues: labels.map { (Int64($0.offset), $0.element) }))
    }

    @Test func accuracyIsAgainstResults() {
        let figures = Self.sample(["rrn", "rbn", "nnr", "n--"], results: ["r", "r", "n", "-"]).figures(seed: 1)
        let sato = figures.readers[0]
        #expect(sato.sensitivity.map { [$0.count, $0.total] } == [2, 2])
        #expect(sato.specificity.map { [$0.count, $0.total] } == [1, 1])
        #expect(sato.recallRate.map { [$0.count, $0.total] } == [2, 4])
        #expect(figures.readers[1].sensitivity.map { [$0.count, $0.total] } == [1, 2])
        #expect(figures.readers[2].sensitivity.map { [$0.count, $0.total] } == [0, 2])
        #expect(figures.determinedCount == 3)
    }

    @Test func aTechnicalRecallSaysNothingOfAccuracy() {
        let figures = Self.sample(["t", "r"], results: ["r", "r"]).figures(seed: 1)
        #expect(figures.readers[0].sensitivity.map { [$0.count, $0.total] } == [1, 1])
        #expect(figures.readers[0].recallRate.map { [$0.count, $0.total] } == [1, 1])
        #expect(figures.readers[0].blindReadCount == 2)
    }

    @Test func withoutAPositiveLabelThereIsNoAccuracy() {
        let figures = Self.sample(["rrn"], results: ["r"], positive: nil).figures(seed: 1)
        #expect(figures.readers.allSatisfy { $0.sensitivity == nil && $0.recallRate == nil })
    }

    @Test func pairsAreThoseThatReadTheSame() {
        let figures = Self.sample(["nn-", "rr-", "nb-", "--r"], results: []).figures(seed: 1)
        #expect(figures.pairs.map { [$0.first, $0.second] } == [["sato", "ito"]])
        #expect(figures.pairs[0].itemCount == 3 && figures.pairs[0].agreedCount == 2)
        #expect(figures.agreement.itemCount == 3 && figures.agreement.readCount == 6)
    }

    @Test func anotherRoundIsAnotherItem() {
        let reads = [(1, "sato"), (2, "ito")].map {
            ReadingSample.Read(exam: 1, round: $0.0, reader: $0.1, label: "n")
        }
        let sample = ReadingSample(
            protocolID: "p", labels: ["n", "r"], isOrdered: false, positive: nil, examCount: 1,
            work: ["sato", "ito"].map {
                .init(reader: $0, name: $0, assignedCount: 1, readCount: 1, turnarounds: [])
            }, reads: reads, results: [:])
        #expect(sample.figures(seed: 1).pairs.isEmpty)
        #expect(sample.figures(seed: 1).agreement.itemCount == 0)
    }

    @Test func ordinalAgreementNeedsAnOrder() {
        let exams = ["nnn", "nnb", "rrb", "bbb", "rrr"]
        #expect(Self.sample(exams, results: []).figures(seed: 1).agreement.alphaOrdinal != nil)
        #expect(Self.sample(exams, results: [], isOrdered: false).figures(seed: 1).agreement.alphaOrdinal == nil)
    }

    @Test func quartilesLieBetweenTheNearestTimes() {
        let turnaround = Self.sample(["n"], results: [], turnarounds: [40, 10, 20, 30]).figures(seed: 1).readers[0]
            .turnaround
        #expect(turnaround == TurnaroundFigures(count: 4, lowerQuartile: 17.5, median: 25, upperQuartile: 32.5))
        #expect(Self.sample(["n"], results: []).figures(seed: 1).readers[0].turnaround == nil)
    }

    @Test func theSeedAloneMovesIntervals() {
        let labels = ["n", "b", "r"]
        let exams = (0..<60).map { (exam: Int) -> String in
            let places: [Int] = [exam % 3, exam % 5 % 3, exam % 7 % 3]
            return places.map { labels[$0] }.joined()
        }
        let sample = Self.sample(exams, results: [])
        let (first, second) = (sample.figures(seed: 1).agreement, sample.figures(seed: 2).agreement)
        #expect(sample.figures(seed: 1).agreement == first)
        #expect(first.fleissKappa?.lower != second.fleissKappa?.lower)
        #expect(first.fleissKappa?.value == second.fleissKappa?.value)
    }
}
