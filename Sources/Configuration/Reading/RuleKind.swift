// The kinds of rule, and the words that go with them.
//
// Owns their names and what each needs. Never applies one.

/// How reads become a result.
package enum RuleKind: String, CaseIterable, Sendable {
    case majority, unanimous, any, kOfN, mostSevere, leastSevere, median, weighted, logOdds, latentClass
    case firstSecondArbiter

    /// Whether it asks for one label against all others.
    package var needsPositive: Bool { [.any, .kOfN, .logOdds].contains(self) }

    /// Whether it compares labels by severity.
    package var needsOrder: Bool { [.mostSevere, .leastSevere, .median].contains(self) }
}

/// What happens when labels have exactly the same share.
package enum TieHandling: String, CaseIterable, Sendable {
    /// The exam goes to the arbiter, or waits for one that management assigns.
    case escalate
    /// The result says that there is none.
    case undetermined
    /// The more severe label wins; the less severe one.
    case mostSevere, leastSevere
}

/// What the arbiter's packet shows.
package enum ArbiterView: String, CaseIterable, Sendable {
    case nothing, reads
}

/// A model that learns how good the readers are.
package enum LatentClassModel: String, CaseIterable, Sendable {
    case auto, majority, weighted, dawidSkene, oneCoin, ordinal, ebcc
}
