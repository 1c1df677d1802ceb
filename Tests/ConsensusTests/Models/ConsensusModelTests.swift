// Models find what made-up readers are like, and do not depend on order.

import Testing

@testable import Consensus

@Suite struct ConsensusModelTests {
    /// Two good readers among three who guess: most of the panel knows nothing.
    private let uneven = MadeUpReads(
        examCount: 600, labelCount: 3, accuracies: [0.95, 0.9, 0.4, 0.38, 0.36], seed: 3)

    @Test func learningBeatsTheMajorityWhereReadersDiffer() {
        let majority = uneven.accuracy(ConsensusModel.majority.fit(uneven.table, seed: 1))
        for model in [ConsensusModel.weighted, .dawidSkene, .oneCoin, .ordinal, .ebcc] {
            #expect(uneven.accuracy(model.fit(uneven.table, seed: 1)) > majority + 0.03, "\(model)")
        }
    }

    @Test func errorRatesAreFound() {
        let learnt = ConsensusModel.dawidSkene.fit(uneven.table, seed: 1)
        for (reader, accuracy) in [0.95, 0.9, 0.4].enumerated() {
            for label in 0..<3 {
                #expect(abs(learnt.errorRate(reader: reader, truth: label, label: label) - accuracy) < 0.09)
            }
        }
        #expect(abs(learnt.priors.reduce(0, +) - 1) < 1e-12)
    }

    @Test(arguments: ConsensusModel.allCases)
    func orderOfArrivalChangesNoBit(_ model: ConsensusModel) {
        var random = SplitMix64(seed: 5)
        let shuffled = uneven.table(inOrder: uneven.exams.indices.shuffled(using: &random))
        let one = model.fit(uneven.table, seed: 1)
        let other = model.fit(shuffled, seed: 1)
        #expect(one.posteriors == other.posteriors && one.expectedRates == other.expectedRates)
    }

    @Test(arguments: ConsensusModel.allCases)
    func posteriorsAndRatesSumToOne(_ model: ConsensusModel) {
        let learnt = model.fit(uneven.table, seed: 1)
        for exam in 0..<50 {
            #expect(abs((0..<3).reduce(0) { $0 + learnt.posterior(exam, $1) } - 1) < 1e-9)
        }
        for reader in 0..<5 {
            for truth in 0..<3 {
                let sum = (0..<3).reduce(0) { $0 + learnt.errorRate(reader: reader, truth: truth, label: $1) }
                #expect(abs(sum - 1) < 1e-9)
            }
        }
    }

    /// With many chunks, wide tables and exams of very many reads, nothing vanishes.
    @Test(arguments: [2, 4, 7, 11])
    func manyReadsAnExamDoNotUnderflow(_ labelCount: Int) {
        let many = MadeUpReads(
            examCount: 40, labelCount: labelCount, accuracies: [Double](repeating: 0.6, count: 700), seed: 9)
        let learnt = ConsensusModel.dawidSkene.fit(many.table, seed: 1)
        #expect(many.accuracy(learnt) == 1)
        #expect(learnt.logLikelihood?.isFinite == true)
    }

    @Test func tiesGoToTheLowestLabel() {
        let table = ReadTable(
            exams: [0, 0, 1, 1], readers: [0, 1, 0, 1], labels: [1, 0, 2, 1], examCount: 2, readerCount: 2,
            labelCount: 3)
        let majority = ConsensusModel.majority.fit(table, seed: 1)
        #expect((0..<2).map { majority.best($0).label } == [0, 1])
    }

    @Test func repeatedReadsCountTwice() {
        let table = ReadTable(
            exams: [0, 0, 0], readers: [0, 1, 1], labels: [0, 1, 1], examCount: 1, readerCount: 2, labelCount: 2)
        #expect(ConsensusModel.majority.fit(table, seed: 1).best(0) == (1, 2.0 / 3))
    }

    @Test func autoTakesTheMajorityWhereThereIsTooLittle() {
        let few = MadeUpReads(examCount: 200, labelCount: 2, accuracies: [0.9, 0.8], seed: 2)
        let choice = ModelChoice.make(few.table, labelsAreOrdered: false, seed: 1)
        #expect(choice.model == .majority && choice.reason.contains("too few"))
    }

    @Test func autoFindsReadersWhoErrTogether() {
        var random = SplitMix64(seed: 21)
        var reads = MadeUpReads(
            examCount: 600, labelCount: 2, accuracies: [Double](repeating: 0.9, count: 7), seed: 4)
        for exam in 0..<600 where random.index(below: 4) == 0 {
            for reader in 0..<5 where random.index(below: 10) > 0 {
                reads.labels[exam * 7 + reader] = UInt32(1 - reads.truth[exam])
            }
        }
        #expect(ModelChoice.make(reads.table, labelsAreOrdered: false, seed: 1).model == .ebcc)
        let independent = MadeUpReads(
            examCount: 600, labelCount: 2, accuracies: [Double](repeating: 0.8, count: 7), seed: 4)
        #expect(ModelChoice.make(independent.table, labelsAreOrdered: false, seed: 1).model == .dawidSkene)
    }

    @Test func digammaIsTheKnownFunction() {
        #expect(abs(Gamma.digamma(1) + 0.577_215_664_901_532_9) < 1e-11)
        #expect(abs(Gamma.digamma(0.5) + 1.963_510_026_021_423_5) < 1e-11)
        #expect(abs(Gamma.digamma(10) - 2.251_752_589_066_721) < 1e-11)
    }
}
