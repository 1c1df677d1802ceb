// The kinds of rule, and the words that go with them.
//
// Owns their names. What each does is in `Determiner`.

/// How counted reads become a determination.
package enum RuleKind: String, CaseIterable, Sendable {
    case majority, unanimous, any, kOfN, mostSevere, leastSevere, median, weighted, logOdds, latentClass
    case firstSecondArbiter

    /// Whether the largest share wins, so that a small margin is a close call. Under the others one read may decide by
    /// right, and more support may make the margin smaller.
    var isDecidedByMargin: Bool { [.majority, .weighted, .logOdds, .latentClass].contains(self) }
}

/// What exactly equal shares mean.
package enum TieRule: String, CaseIterable, Sendable {
    /// The arbiter decides; without an arbiter's read the exam waits for one.
    case escalate
    case undetermined
    case mostSevere, leastSevere
    /// The label that the rule asks about.
    case positive
}

/// What an arbiter is shown.
package enum ArbiterSight: String, CaseIterable, Sendable {
    case nothing, reads
}
