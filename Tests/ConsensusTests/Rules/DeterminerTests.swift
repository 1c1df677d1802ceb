// Each rule on reads whose result follows from its definition.

import Foundation
import Testing

@testable import Consensus

@Suite struct DeterminerTests {
    @Test(arguments: [
        (RuleKind.majority, "a:normal b:recall c:recall", "recall"),
        (.majority, "a:normal b:recall", "escalated"),
        (.majority, "a:normal b:recall c:benign", "escalated"),
        (.unanimous, "a:recall b:recall", "recall"),
        (.unanimous, "a:recall b:recall c:benign", "escalated"),
        (.mostSevere, "a:normal b:recall c:normal", "recall"),
        (.leastSevere, "a:normal b:recall c:recall", "normal"),
        (.median, "a:normal b:recall c:benign", "benign"),
        (.median, "a:normal b:recall", "escalated"),
        (.firstSecondArbiter, "a:recall b:recall", "recall"),
        (.firstSecondArbiter, "a:recall b:normal", "escalated"),
    ])
    func rules(_ kind: RuleKind, _ reads: String, _ outcome: String) {
        #expect(Panel.outcome(Panel.rule(kind), reads) == outcome)
    }

    @Test func anyAndKOfNAskForThePositiveLabel() {
        let any = Panel.rule(.any) { $0.positive = "recall" }
        #expect(Panel.outcome(any, "a:normal b:normal c:recall") == "recall")
        #expect(Panel.outcome(any, "a:normal b:normal c:benign") == "normal")
        let two = Panel.rule(.kOfN) {
            $0.positive = "recall"
            $0.k = 2
        }
        #expect(Panel.outcome(two, "a:normal b:normal c:recall") == "normal")
        #expect(Panel.outcome(two, "a:recall b:normal c:recall d:normal e:normal") == "recall")
    }

    @Test func weightsDecide() {
        let skills = Panel.weights(["a": "2.5"])
        #expect(Panel.outcome(Panel.rule(.weighted), "a:recall b:normal c:normal", skills) == "recall")
        #expect(Panel.outcome(Panel.rule(.majority), "a:recall b:normal c:normal", skills) == "normal")
    }

    @Test func exactlyEqualDecimalWeightsTie() {
        let skills = Panel.weights(["a": "0.1", "b": "0.2", "c": "0.3"])
        let result = Determiner(Panel.rule(.weighted), skills: skills)
            .determine(Panel.reads("a:recall b:recall c:normal"))
        #expect(result.status == .escalated && result.margin == 0)
        #expect(result.reason == "a tie of normal and recall")
    }

    @Test func thresholdAsksMoreOrLessOfThePositiveLabel() {
        let reads = "a:recall b:recall c:normal d:normal e:normal"
        let low = Panel.rule(.weighted) {
            $0.positive = "recall"
            $0.threshold = Weight(units: 400_000_000)
        }
        #expect(Panel.outcome(low, reads) == "recall")
        #expect(Panel.outcome(low, "a:recall b:normal") == "recall")
        let high = Panel.rule(.weighted) {
            $0.positive = "normal"
            $0.threshold = Weight(units: 600_000_001)
        }
        #expect(Panel.outcome(high, reads) == "recall")
        #expect(Panel.outcome(Panel.rule(.weighted) { $0.positive = "recall" }, reads) == "normal")
    }

    @Test func tiesGoAsTheRuleSays() {
        let expected: [TieRule: String] = [
            .escalate: "escalated", .undetermined: "undetermined", .mostSevere: "recall", .leastSevere: "normal",
            .positive: "recall",
        ]
        for (ties, outcome) in expected {
            let rule = Panel.rule(.weighted) {
                $0.ties = ties
                $0.positive = "recall"
            }
            #expect(Panel.outcome(rule, "a:normal b:recall") == outcome, "\(ties)")
        }
    }

    @Test func theArbiterDecidesWhatIsEscalatedAndNothingElse() {
        let rule = Panel.rule(.firstSecondArbiter) { $0.arbiter = "z" }
        #expect(Panel.outcome(rule, "a:recall b:normal z:benign") == "benign")
        #expect(Panel.outcome(rule, "a:recall b:recall z:benign") == "recall")
        let weighted = Panel.rule(.weighted) { $0.arbiter = "a" }
        #expect(Panel.outcome(weighted, "a:recall b:normal") == "recall")
        #expect(Panel.outcome(weighted, "a:recall b:normal a!:normal") == "normal")
        #expect(Panel.outcome(weighted, "a:recall b:recall a!:normal") == "recall")
    }

    @Test func closeCallsAreEscalated() {
        let rule = Panel.rule(.weighted) { $0.escalateBelowMargin = Weight(units: 333_333_334) }
        #expect(Panel.outcome(rule, "a:recall b:recall c:normal") == "escalated")
        let wider = Panel.rule(.weighted) { $0.escalateBelowMargin = Weight(units: 333_333_333) }
        #expect(Panel.outcome(wider, "a:recall b:recall c:normal") == "recall")
        let median = Panel.rule(.median) { $0.escalateBelowMargin = .one }
        #expect(Panel.outcome(median, "a:recall b:recall c:normal") == "recall")
    }

    @Test func tooFewReadsDetermineNothing() {
        let result = Determiner(Panel.rule(.majority) { $0.minimumReads = 2 }).determine(Panel.reads("a:recall"))
        #expect(result.status == .undetermined && result.label == nil)
        #expect(result.reason == "1 of 2 reads that it takes are in")
        #expect(Panel.outcome(Panel.rule(.majority), "") == "undetermined")
    }

    @Test func technicalRecallNeedsHalfOfTheReads() {
        let rule = Panel.rule(.majority) { $0.technicalRecall = ["blurred"] }
        let half = Determiner(rule).determine(Panel.reads("a:blurred b:normal"))
        #expect(half.status == .technicalRecall && half.label == "blurred")
        let few = Determiner(rule).determine(Panel.reads("a:blurred b:normal c:normal"))
        #expect(few.status == .determined && few.label == "normal")
        #expect(few.reads.first?.counted == false && few.reads.first?.reason != nil)
    }

    @Test func theAccountIsComplete() {
        let skills = Panel.weights(["a": "1.5"])
        let result = Determiner(Panel.rule(.weighted), skills: skills)
            .determine(Panel.reads("c:benign a:recall b:normal"))
        #expect(result.label == "recall")
        #expect(result.posterior == ["normal": 1 / 3.5, "benign": 1 / 3.5, "recall": 1.5 / 3.5])
        #expect(result.reads.map(\.reader) == ["a", "b", "c"])
        #expect(result.reads.map(\.weight) == [1.5, 1, 1])
        #expect(result.minority.map(\.reader) == ["b", "c"])
        #expect(abs(result.margin - 0.5 / 3.5) < 1e-15)
    }

    @Test func logOddsWeighsByDeclaredSkill() {
        let skills = ReaderSkills(declared: [
            "a": DeclaredSkill(sensitivity: 0.99, specificity: 0.99),
            "b": DeclaredSkill(sensitivity: 0.7, specificity: 0.7),
            "c": DeclaredSkill(sensitivity: 0.7, specificity: 0.7),
        ])
        let rule = Panel.rule(.logOdds) { $0.positive = "recall" }
        let result = Determiner(rule, skills: skills).determine(Panel.reads("a:recall b:normal c:normal"))
        #expect(result.label == "recall")
        let expected = 1 / (1 + exp(-(log(99.0) - 2 * log(7.0 / 3))))
        #expect(abs((result.posterior["recall"] ?? 0) - expected) < 1e-9)
        #expect(Panel.outcome(rule, "b:recall c:normal", skills) == "escalated")
        let rare = Panel.rule(.logOdds) {
            $0.positive = "recall"
            $0.prevalence = 0.01
        }
        #expect(Panel.outcome(rare, "b:recall c:recall", skills) == "normal")
    }

    @Test func whatCannotBeAppliedFallsBackOnDeclaredWeights() throws {
        let rule = Panel.rule(.logOdds) { $0.positive = "recall" }
        let result = Determiner(rule).determine(Panel.reads("a:recall b:recall c:normal"))
        #expect(result.label == "recall")
        #expect(try #require(result.reason).contains("declared weights decided"))
        let latent = Determiner(Panel.rule(.latentClass)).determine(Panel.reads("a:recall b:recall c:normal"))
        #expect(latent.label == "recall")
        #expect(try #require(latent.reason).contains("fewer than 3 readers and 10 exams"))
    }

    @Test func latentClassTrustsTheReaderWhoWasRight() throws {
        var past: [LearntSkills.PastRead] = []
        for exam in 0..<60 {
            let truth = exam % 2 == 0 ? "normal" : "recall"
            let wrong = exam % 2 == 0 ? "recall" : "normal"
            for reader in ["a", "d", "e"] { past.append(.init(exam: "\(exam)", reader: reader, label: truth)) }
            for (reader, period) in [("b", 2), ("c", 3)] {
                past.append(.init(exam: "\(exam)", reader: reader, label: exam / 2 % period == 0 ? wrong : truth))
            }
        }
        let learnt = LearntSkills.learn(
            past, labels: ["normal", "recall"], isOrdered: true, model: .dawidSkene, seed: 1)
        let known: LearntSkills = try #require(learnt)
        let skills = ReaderSkills(learnt: known)
        #expect(Panel.outcome(Panel.rule(.latentClass), "a:recall b:normal c:normal", skills) == "recall")
        #expect(Panel.outcome(Panel.rule(.weighted), "a:recall b:normal c:normal", skills) == "normal")
        let few = LearntSkills.learn(
            past.filter { $0.reader < "c" }, labels: ["normal", "recall"], isOrdered: true, model: nil, seed: 1)
        #expect(few == nil)
    }
}
