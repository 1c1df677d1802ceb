// The rule by which several reads become one result.
//
// Owns the `rule` block of a protocol. Invariant: a rule has what its kind needs: `kOfN` a `k`, a binary kind a
// `positive`, `firstSecondArbiter` an arbiter. Never applies it.

/// A rule, as data.
package struct DeterminationRule: Sendable, Equatable {
    package let kind: RuleKind
    /// Share of the weight that a label needs, 0 to 1.
    package let threshold: ExactDecimal
    /// The label that makes the rule binary: this one against all others.
    package let positive: String?
    /// Votes that `positive` needs; of `kOfN` only.
    package let k: Int?
    package let ties: TieHandling
    /// The reader to whom undecided exams go; nil leaves it to management to assign one.
    package let arbiter: String?
    package let arbiterSees: ArbiterView
    /// Margins of the first label over the second below this are escalated; 0 never.
    package let escalateBelowMargin: ExactDecimal
    /// How frequent `positive` is, for `logOdds`; nil takes it as half.
    package let prevalence: ExactDecimal?
    /// The model of `latentClass`.
    package let model: LatentClassModel

    /// What a protocol has that gives no rule.
    package static let plain = DeterminationRule(
        kind: .majority, threshold: usualThreshold, positive: nil, k: nil, ties: .escalate, arbiter: nil,
        arbiterSees: .nothing, escalateBelowMargin: ExactDecimal(0), prevalence: nil, model: .auto)

    private static let usualThreshold = ExactDecimal("0.5") ?? ExactDecimal(0)

    static func decode(_ field: Field, names: ProtocolNames, ordered: Bool) -> DeterminationRule? {
        KeyedReader.block(field) { reader in
            let rule = DeterminationRule(
                kind: reader.required("kind", Decode.word(RuleKind.self), else: .majority),
                threshold: reader.value("threshold", Decode.probability, default: usualThreshold),
                positive: reader.optional("positive", names.label),
                k: reader.optional("k", names.count(or: [:])),
                ties: reader.value("ties", Decode.word(TieHandling.self), default: .escalate),
                arbiter: reader.optional("arbiter", Decode.reference(to: names.known.readers, noun: "reader")),
                arbiterSees: reader.value("arbiterSees", Decode.word(ArbiterView.self), default: .nothing),
                escalateBelowMargin: reader.value(
                    "escalateBelowMargin", Decode.probability, default: ExactDecimal(0)),
                prevalence: reader.optional("prevalence", Decode.properProbability),
                model: reader.value("model", Decode.word(LatentClassModel.self), default: .auto))
            rule.reportWhatIsMissing(reader, ordered: ordered)
            return rule
        }
    }

    private func reportWhatIsMissing(_ reader: KeyedReader, ordered: Bool) {
        if kind.needsPositive, reader.given("positive") == nil {
            reader.field.fail("the rule \(kind.rawValue) needs `positive`; name the label that it looks for")
        }
        if kind == .kOfN, reader.given("k") == nil {
            reader.field.fail("the rule kOfN needs `k`; give the number of votes that make the result positive")
        }
        if kind.needsOrder, !ordered {
            reader.given("kind")?.fail(
                "the rule \(kind.rawValue) needs labels in an order; write `ordered: true`, or take another rule")
        }
        if kind == .firstSecondArbiter, reader.given("arbiter") == nil {
            reader.field.fail("the rule firstSecondArbiter needs `arbiter`; name a reader of parties.yaml")
        }
    }
}
