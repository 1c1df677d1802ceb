// What holds of every rule, over many random panels (the seeds are fixed).

import Testing

@testable import Consensus

@Suite struct RulePropertyTests {
    private static func rule(_ kind: RuleKind, _ random: inout SplitMix64) -> ConsensusRule {
        Panel.rule(kind) {
            $0.positive = random.index(below: 2) == 0 || kind == .logOdds ? "recall" : nil
            $0.k = 2
            $0.arbiter = "r0"
            $0.ties = TieRule.allCases[random.index(below: TieRule.allCases.count)]
            $0.threshold = Weight(units: Int64(random.index(below: 10)) * 100_000_000)
            $0.escalateBelowMargin = Weight(units: Int64(random.index(below: 3)) * 100_000_000)
            $0.technicalRecall = ["blurred"]
        }
    }

    private static func skills(_ random: inout SplitMix64) -> ReaderSkills {
        var declared: [String: DeclaredSkill] = [:]
        for reader in 0..<7 {
            let weight = Weight(units: Int64(1 + random.index(below: 30)) * 100_000_000)
            declared["r\(reader)"] = DeclaredSkill(
                weight: weight, sensitivity: 0.5 + random.unit() / 2.1, specificity: 0.5 + random.unit() / 2.1)
        }
        return ReaderSkills(declared: declared)
    }

    private static func reads(_ random: inout SplitMix64) -> [CountedRead] {
        let labels = Panel.labels + ["blurred"]
        return (0..<1 + random.index(below: 7)).map { reader in
            let label = labels[random.index(below: random.index(below: 4) == 0 ? 4 : 3)]
            return CountedRead(reader: "r\(reader)", label: label, digest: "\(random.next())")
        }
    }

    @Test(arguments: RuleKind.allCases)
    func orderOfArrivalChangesNothing(_ kind: RuleKind) {
        var random = SplitMix64(seed: 11)
        for _ in 0..<300 {
            let determiner = Determiner(Self.rule(kind, &random), skills: Self.skills(&random))
            let reads = Self.reads(&random)
            #expect(determiner.determine(reads) == determiner.determine(reads.shuffled(using: &random)))
        }
    }

    @Test(arguments: RuleKind.allCases)
    func namesOfLabelsChangeNothing(_ kind: RuleKind) {
        let names = ["normal": "zebra", "benign": "yak", "recall": "ant", "blurred": "blot"]
        var random = SplitMix64(seed: 12)
        for _ in 0..<300 {
            let rule = Self.rule(kind, &random)
            let skills = Self.skills(&random)
            let reads = Self.reads(&random)
            var renamed = rule
            renamed.labels = rule.labels.compactMap { names[$0] }
            renamed.positive = rule.positive.flatMap { names[$0] }
            renamed.technicalRecall = ["blot"]
            let other = reads.map { CountedRead(reader: $0.reader, label: names[$0.label] ?? "", digest: $0.digest) }
            let result = Determiner(rule, skills: skills).determine(reads)
            let expected = result.label.flatMap { names[$0] }
            let got = Determiner(renamed, skills: skills).determine(other)
            #expect(got.status == result.status && got.label == expected)
        }
    }

    /// A further read of the result never takes the result away. (With a low threshold `positive` wins by less than half;
    /// then support makes it a closer call, which may be escalated.)
    @Test(arguments: [RuleKind.majority, .any, .kOfN, .mostSevere, .weighted, .logOdds])
    func moreSupportNeverHurts(_ kind: RuleKind) {
        var random = SplitMix64(seed: 13)
        for _ in 0..<300 {
            var rule = Self.rule(kind, &random)
            if rule.positive != nil { rule.escalateBelowMargin = .zero }
            let determiner = Determiner(rule, skills: Self.skills(&random))
            let reads = Self.reads(&random)
            let result = determiner.determine(reads)
            guard result.status == .determined, let label = result.label, determiner.rule.ties != .positive,
                result.reason?.contains("tie") != true, result.reason?.contains("decided") != true
            else { continue }
            let more = reads + [CountedRead(reader: "r9", label: label, digest: "more")]
            let skills = ReaderSkills(
                declared: determiner.skills.declared.merging(["r9": DeclaredSkill(sensitivity: 0.9, specificity: 0.9)])
                {
                    $1
                })
            let again = Determiner(determiner.rule, skills: skills).determine(more)
            #expect(again.label == label, "\(reads.map(\.label)) \(determiner.rule)")
        }
    }

    @Test func sharesSumToOne() {
        var random = SplitMix64(seed: 14)
        for _ in 0..<300 {
            let kind = RuleKind.allCases[random.index(below: RuleKind.allCases.count)]
            let result = Determiner(Self.rule(kind, &random), skills: Self.skills(&random))
                .determine(Self.reads(&random))
            if result.status != .undetermined { #expect(abs(result.posterior.values.reduce(0, +) - 1) < 1e-12) }
            #expect((0...1).contains(result.margin))
        }
    }
}
