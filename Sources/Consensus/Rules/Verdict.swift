// What a rule says of counted reads, before ties, margins and the arbiter have their say.

/// A rule's first answer.
enum Verdict: Equatable {
    case label(String)
    /// Labels with exactly equal claims, from most to least severe.
    case tie([String])
    /// Readers differ where the rule wants them to agree.
    case disagreement
}

/// A verdict with what it was made of.
struct Finding {
    let verdict: Verdict
    let posterior: [String: Double]
    let margin: Double
    /// Whether the margin is below what the rule escalates.
    let isClose: Bool
    /// What each counted read weighed.
    let weights: [Double]
    /// What was done instead of what the rule asks for.
    let note: String?

    /// Of shares of weight, which compare exactly.
    init(_ ballot: Ballot, _ verdict: Verdict, note: String? = nil) {
        let lead = ballot.lead
        self.verdict = verdict
        self.note = note
        posterior = ballot.shares
        margin = lead.share(of: ballot.total)
        isClose = !lead.isAtLeast(ballot.rule.escalateBelowMargin, of: ballot.total)
        weights = ballot.weights.map(\.double)
    }

    /// Of probabilities.
    init(_ rule: ConsensusRule, _ posterior: [String: Double], verdict: Verdict, weights: [Double], note: String? = nil)
    {
        self.verdict = verdict
        self.posterior = posterior
        self.weights = weights
        self.note = note
        let sorted = posterior.values.sorted(by: >)
        let second = sorted.count > 1 ? sorted[1] : 0
        margin = (sorted.first ?? 0) - second
        isClose = margin < rule.escalateBelowMargin.double
    }
}
