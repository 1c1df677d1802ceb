// The counted reads of one exam with their weights, summed by label.
//
// Invariants: reads stand in canonical order; sums are exact.

/// Weights by label.
struct Ballot {
    let rule: ConsensusRule
    let reads: [CountedRead]
    /// Of each read.
    let weights: [Weight]
    let total: Weight
    private let sums: [String: Weight]

    init(_ rule: ConsensusRule, _ reads: [CountedRead], weight: (CountedRead) -> Weight) {
        self.rule = rule
        self.reads = reads
        weights = reads.map(weight)
        var sums: [String: Weight] = [:]
        for (read, weight) in zip(reads, weights) { sums[read.label] = (sums[read.label] ?? .zero) + weight }
        self.sums = sums
        total = weights.reduce(.zero, +)
    }

    func weight(of label: String) -> Weight { sums[label] ?? .zero }

    /// Each label's share: of all labels of the rule, and of others that were given.
    var shares: [String: Double] {
        var shares: [String: Double] = [:]
        for label in rule.labels + sums.keys { shares[label] = weight(of: label).share(of: total) }
        return shares
    }

    /// The labels that were given, from most to least severe; those outside the order by name, at the end.
    var given: [String] {
        sums.keys.sorted { one, other in
            let (first, second) = (rule.severity(one), rule.severity(other))
            return first == second ? one < other : first > second
        }
    }

    /// The labels of the largest weight among some, from most to least severe: more than one in a tie.
    func leaders(_ isCandidate: (String) -> Bool = { _ in true }) -> [String] {
        let candidates = given.filter(isCandidate)
        guard let most = candidates.map(weight(of:)).max() else { return [] }
        return candidates.filter { weight(of: $0) == most }
    }

    /// The weight of the first label less that of the second.
    var lead: Weight {
        let weights = given.map(weight(of:)).sorted(by: >)
        return weights.isEmpty ? .zero : weights.count == 1 ? weights[0] : weights[0] - weights[1]
    }
}
