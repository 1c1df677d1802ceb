// What each read did, gathered while an exam is determined.

/// The account that a determination gives of its reads.
struct Account {
    let rule: ConsensusRule
    /// In canonical order.
    let reads: [CountedRead]
    /// Digests of the reads that count.
    var counted: Set<String>
    /// The digest of the read that decided after escalation.
    var arbitration: String?
    private var posterior: [String: Double] = [:]
    private var margin = 0.0
    private var weights: [String: Double] = [:]

    init(rule: ConsensusRule, reads: [CountedRead], counted: Set<String>) {
        self.rule = rule
        self.reads = reads
        self.counted = counted
    }

    mutating func take(_ finding: Finding, _ counted: [CountedRead]) {
        posterior = finding.posterior
        margin = finding.margin
        for (read, weight) in zip(counted, finding.weights) { weights[read.digest] = weight }
    }

    func determination(_ status: Determination.Status, label: String? = nil, reason: String?) -> Determination {
        let weighed = reads.map(weighed)
        let result = status == .determined || status == .technicalRecall ? label : nil
        let minority = result.map { label in weighed.filter { $0.counted && $0.label != label } } ?? []
        return Determination(
            status: status, label: result, posterior: posterior, margin: margin, reads: weighed, minority: minority,
            reason: reason)
    }

    private func weighed(_ read: CountedRead) -> WeighedRead {
        let decided = read.digest == arbitration
        let isCounted = counted.contains(read.digest) || decided
        var reason: String?
        if decided {
            reason = "decided as the arbiter's"
        } else if !isCounted {
            reason =
                rule.technicalRecall.contains(read.label)
                ? "technical recall, which fewer than half of the reads say" : "the arbiter's, which was not needed"
        }
        return WeighedRead(
            reader: read.reader, label: read.label, digest: read.digest, weight: weights[read.digest] ?? 0,
            counted: isCounted, reason: reason)
    }
}
