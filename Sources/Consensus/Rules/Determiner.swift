// From reads to a determination: which reads count, what the rule says, and what becomes of ties and close calls.
//
// Pure. The same reads give the same determination to the last bit, in any order of arrival.

/// Applies a rule to the reads of one exam.
package struct Determiner: Sendable {
    package let rule: ConsensusRule
    package let skills: ReaderSkills

    package init(_ rule: ConsensusRule, skills: ReaderSkills = ReaderSkills()) {
        self.rule = rule
        self.skills = skills
    }

    /// Determines an exam.
    ///
    /// - Parameter reads: The latest read of each reader and round, in any order.
    package func determine(_ reads: [CountedRead]) -> Determination {
        let ordered = reads.sorted(by: CountedRead.canonical)
        let votes = ordered.filter { !isArbitration($0) }
        let technical = votes.filter { rule.technicalRecall.contains($0.label) }
        let counted = votes.filter { !rule.technicalRecall.contains($0.label) }
        var account = Account(rule: rule, reads: ordered, counted: Set(counted.map(\.digest)))
        guard votes.count >= max(1, rule.minimumReads) else {
            return account.determination(
                .undetermined, reason: "\(votes.count) of \(max(1, rule.minimumReads)) reads that it takes are in")
        }
        if !technical.isEmpty, technical.count * 2 >= votes.count { return technicalRecall(technical, &account) }
        let finding = finding(Ballot(rule, counted, weight: weight))
        account.take(finding, counted)
        return settle(finding, ordered, account)
    }

    /// At least half of the reads say that the images cannot be read.
    private func technicalRecall(_ technical: [CountedRead], _ account: inout Account) -> Determination {
        let ballot = Ballot(rule, technical) { _ in .one }
        account.counted = Set(technical.map(\.digest))
        account.take(Finding(ballot, .label(technical[0].label)), technical)
        let label = ballot.leaders().first
        return account.determination(.technicalRecall, label: label, reason: "the images must be taken again")
    }

    /// Under `firstSecondArbiter` the arbiter never votes; elsewhere only a read that was given after escalation.
    private func isArbitration(_ read: CountedRead) -> Bool {
        read.isArbitration || (rule.kind == .firstSecondArbiter && read.reader == rule.arbiter)
    }

    private func weight(_ read: CountedRead) -> Weight {
        switch rule.kind {
        case .weighted, .logOdds, .latentClass: skills.declared(read.reader).weight
        default: .one
        }
    }

    private func finding(_ ballot: Ballot) -> Finding {
        switch rule.kind {
        case .majority: Finding(ballot, CountingRules.plurality(ballot))
        case .unanimous, .firstSecondArbiter: Finding(ballot, CountingRules.unanimous(ballot))
        case .any: Finding(ballot, CountingRules.atLeast(1, ballot))
        case .kOfN: Finding(ballot, CountingRules.atLeast(rule.k ?? 1, ballot))
        case .mostSevere: Finding(ballot, CountingRules.mostSevere(ballot))
        case .leastSevere: Finding(ballot, CountingRules.leastSevere(ballot))
        case .median: Finding(ballot, CountingRules.median(ballot))
        case .weighted: Finding(ballot, CountingRules.weighted(ballot))
        case .logOdds: ProbabilityRules.logOdds(ballot, skills)
        case .latentClass: ProbabilityRules.latentClass(ballot, skills)
        }
    }

    private func settle(_ finding: Finding, _ reads: [CountedRead], _ account: Account) -> Determination {
        switch finding.verdict {
        case .label(let label):
            if finding.isClose, rule.kind.isDecidedByMargin {
                return escalate("the margin is below \(rule.escalateBelowMargin.double)", reads, account)
            }
            return account.determination(.determined, label: label, reason: finding.note)
        case .disagreement: return escalate("readers differ", reads, account)
        case .tie(let labels): return settle(tie: labels, finding, reads, account)
        }
    }

    private func settle(
        tie labels: [String], _ finding: Finding, _ reads: [CountedRead], _ account: Account
    ) -> Determination {
        let tie = "a tie of \(labels.sorted().joined(separator: " and "))"
        let bySeverity = labels.sorted { rule.severity($0) > rule.severity($1) }
        switch rule.ties {
        case .escalate: return escalate(tie, reads, account)
        case .undetermined: return account.determination(.undetermined, reason: tie)
        case .mostSevere:
            return account.determination(.determined, label: bySeverity.first, reason: "\(tie): mostSevere")
        case .leastSevere:
            return account.determination(.determined, label: bySeverity.last, reason: "\(tie): leastSevere")
        case .positive:
            guard let positive = rule.positive, labels.contains(positive) else { return escalate(tie, reads, account) }
            return account.determination(.determined, label: positive, reason: "\(tie): positive")
        }
    }

    /// The arbiter's read decides when it is there; the newest word is the one given after escalation.
    private func escalate(_ why: String, _ reads: [CountedRead], _ account: Account) -> Determination {
        let ofArbiter = reads.filter { isArbitration($0) || $0.reader == rule.arbiter }
        guard let decisive = ofArbiter.first(where: isArbitration) ?? ofArbiter.first else {
            return account.determination(.escalated, reason: why)
        }
        var account = account
        account.arbitration = decisive.digest
        let isTechnical = rule.technicalRecall.contains(decisive.label)
        return account.determination(
            isTechnical ? .technicalRecall : .determined, label: decisive.label,
            reason: "\(why): \(decisive.reader) decided")
    }
}
