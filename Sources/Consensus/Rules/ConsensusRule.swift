// A protocol's rule and labels, as data: all that decides besides the reads and the readers' weights.

/// How an exam of one protocol is determined.
package struct ConsensusRule: Sendable, Equatable {
    package var kind: RuleKind
    /// From least to most severe when `isOrdered`.
    package var labels: [String]
    package var isOrdered = true
    /// The share that a label needs under `weighted`.
    package var threshold = Weight(units: Weight.unitsInOne / 2)
    /// The label that is asked about, against all others; nil where all labels stand side by side.
    package var positive: String?
    /// Reads of `positive` that make it the result, under `kOfN`.
    package var k: Int?
    package var ties = TieRule.escalate
    /// The reader whose read decides what is escalated.
    package var arbiter: String?
    package var arbiterSees = ArbiterSight.nothing
    /// A result of the largest share whose margin is below this is escalated; 0 never.
    package var escalateBelowMargin = Weight.zero
    /// Reads without which there is no result.
    package var minimumReads = 1
    /// Labels that say that the images must be taken again; among `labels` or besides them.
    package var technicalRecall: Set<String> = []
    /// How frequent `positive` is, for `logOdds` and `latentClass` of declared rates; nil takes it as half.
    package var prevalence: Double?

    package init(kind: RuleKind, labels: [String]) {
        self.kind = kind
        self.labels = labels
    }

    /// The place in the order of severity; labels that have none come first.
    func severity(_ label: String) -> Int { labels.firstIndex(of: label) ?? -1 }
}
