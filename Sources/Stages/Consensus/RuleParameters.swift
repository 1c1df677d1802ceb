// A rule and what is declared of readers, as a result keeps them: all that its determination depended on besides the reads.
//
// Pure. Decimals are kept as they were written, so that they compute exactly as they did.

internal import Configuration
internal import Consensus

/// A protocol's rule with everything that plays a part in it.
struct RuleParameters: Codable, Equatable, Hashable {
    let kind: String
    let labels: [String]
    let ordered: Bool
    let threshold: String
    let positive: String?
    let k: Int?
    let ties: String
    let arbiter: String?
    let arbiterSees: String
    let escalateBelowMargin: String
    let minimumReads: Int
    let technicalRecall: [String]
    let prevalence: String?
    let model: String

    /// - Parameter minimumReads: nil for the protocol's own.
    init(_ reading: ReadingProtocol, minimumReads: Int? = nil) {
        let rule = reading.rule
        kind = rule.kind.rawValue
        labels = reading.labels
        ordered = reading.ordered
        threshold = rule.threshold.text
        positive = rule.positive
        k = rule.k
        ties = rule.ties.rawValue
        arbiter = rule.arbiter
        arbiterSees = rule.arbiterSees.rawValue
        escalateBelowMargin = rule.escalateBelowMargin.text
        self.minimumReads = minimumReads ?? reading.minimumReads
        technicalRecall = reading.technicalRecall
        prevalence = rule.prevalence?.text
        model = rule.model.rawValue
    }

    var consensusRule: ConsensusRule {
        var rule = ConsensusRule(kind: Consensus.RuleKind(rawValue: kind) ?? .majority, labels: labels)
        rule.isOrdered = ordered
        rule.threshold = Weight(decimal: threshold) ?? rule.threshold
        rule.positive = positive
        rule.k = k
        rule.ties = TieRule(rawValue: ties) ?? .escalate
        rule.arbiter = arbiter
        rule.arbiterSees = ArbiterSight(rawValue: arbiterSees) ?? .nothing
        rule.escalateBelowMargin = Weight(decimal: escalateBelowMargin) ?? .zero
        rule.minimumReads = minimumReads
        rule.technicalRecall = Set(technicalRecall)
        rule.prevalence = prevalence.flatMap(ExactDecimal.init)?.nearestDouble
        return rule
    }

    /// Whether error rates are learnt from earlier reads.
    var learns: Bool { kind == Configuration.RuleKind.latentClass.rawValue }

    /// The model of `latentClass`; nil lets the reads choose.
    var consensusModel: ConsensusModel? { ConsensusModel(rawValue: model) }
}

/// What was declared of a reader.
struct SkillParameters: Codable, Equatable {
    let reader: String
    let weight: String
    let sensitivity: String?
    let specificity: String?

    init(_ entry: ReaderEntry) {
        reader = entry.id
        weight = entry.weight.text
        sensitivity = entry.sensitivity?.text
        specificity = entry.specificity?.text
    }

    var declared: DeclaredSkill {
        DeclaredSkill(
            weight: Weight(decimal: weight) ?? .one,
            sensitivity: sensitivity.flatMap(ExactDecimal.init)?.nearestDouble,
            specificity: specificity.flatMap(ExactDecimal.init)?.nearestDouble)
    }
}
