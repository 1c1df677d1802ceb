// The rules that count or compare reads: majority, unanimous, any, kOfN, mostSevere, leastSevere, median, weighted,
// firstSecondArbiter.
//
// Pure; each is one function from a ballot to a verdict.

enum CountingRules {
    /// The label of most weight; with `positive`, that label against all others together.
    static func plurality(_ ballot: Ballot) -> Verdict {
        guard let positive = ballot.rule.positive else { return first(ballot.leaders()) }
        let inFavour = ballot.weight(of: positive)
        let against = ballot.total - inFavour
        if inFavour > against { return .label(positive) }
        let others = ballot.leaders { $0 != positive }
        return inFavour == against ? .tie([positive] + others) : first(others)
    }

    /// `positive` when its share reaches the threshold, else the plurality; equal shares are a tie.
    ///
    /// A threshold below half lets `positive` win from behind, and so from equal shares too. One above half asks more of `positive` than plurality does: below it, the others' plurality stands.
    static func weighted(_ ballot: Ballot) -> Verdict {
        let leaders = ballot.leaders()
        guard let positive = ballot.rule.positive else { return first(leaders) }
        let inFavour = ballot.weight(of: positive)
        if inFavour.units > 0, inFavour.isAtLeast(ballot.rule.threshold, of: ballot.total) {
            let mayTie = ballot.rule.threshold.units * 2 >= Weight.unitsInOne && leaders.contains(positive)
            return mayTie ? first(leaders) : .label(positive)
        }
        guard ballot.rule.threshold.units * 2 > Weight.unitsInOne else { return first(leaders) }
        return first(ballot.leaders { $0 != positive })
    }

    static func unanimous(_ ballot: Ballot) -> Verdict {
        ballot.given.count == 1 ? .label(ballot.given[0]) : .disagreement
    }

    /// `positive` when enough reads say so, else the others' plurality.
    static func atLeast(_ count: Int, _ ballot: Ballot) -> Verdict {
        guard let positive = ballot.rule.positive else { return plurality(ballot) }
        if ballot.reads.count(where: { $0.label == positive }) >= count { return .label(positive) }
        let others = ballot.leaders { $0 != positive }
        return others.isEmpty ? .disagreement : first(others)
    }

    static func mostSevere(_ ballot: Ballot) -> Verdict {
        ballot.given.first.map(Verdict.label) ?? .disagreement
    }

    static func leastSevere(_ ballot: Ballot) -> Verdict {
        ballot.given.last.map(Verdict.label) ?? .disagreement
    }

    /// The middle read in the order of severity; two middle reads that differ are a tie of their labels.
    static func median(_ ballot: Ballot) -> Verdict {
        let severities = ballot.reads.map(\.label).sorted { ballot.rule.severity($0) < ballot.rule.severity($1) }
        guard !severities.isEmpty else { return .disagreement }
        let upper = severities[severities.count / 2]
        let lower = severities[(severities.count - 1) / 2]
        return upper == lower ? .label(upper) : .tie([upper, lower])
    }

    private static func first(_ leaders: [String]) -> Verdict {
        leaders.count == 1 ? .label(leaders[0]) : leaders.isEmpty ? .disagreement : .tie(leaders)
    }
}
