// Short ways to write reads and rules.

@testable import Consensus

enum Panel {
    static let labels = ["normal", "benign", "recall"]

    /// Reads as `reader:label`; a reader's name with `!` is an arbitration.
    static func reads(_ text: String) -> [CountedRead] {
        text.split(separator: " ").enumerated().map { index, item in
            let parts = item.split(separator: ":").map(String.init)
            let isArbitration = parts[0].hasSuffix("!")
            let reader = parts[0].filter { $0 != "!" }
            return CountedRead(
                reader: reader, label: parts[1], digest: "\(reader)-\(index)", isArbitration: isArbitration)
        }
    }

    static func rule(_ kind: RuleKind, _ change: (inout ConsensusRule) -> Void = { _ in }) -> ConsensusRule {
        var rule = ConsensusRule(kind: kind, labels: labels)
        change(&rule)
        return rule
    }

    static func weights(_ weights: [String: String]) -> ReaderSkills {
        ReaderSkills(declared: weights.mapValues { DeclaredSkill(weight: Weight(decimal: $0) ?? .one) })
    }

    /// `label`, or the status where there is none.
    static func outcome(_ rule: ConsensusRule, _ reads: String, _ skills: ReaderSkills = ReaderSkills()) -> String {
        let result = Determiner(rule, skills: skills).determine(Self.reads(reads))
        return result.label ?? result.status.rawValue
    }
}
