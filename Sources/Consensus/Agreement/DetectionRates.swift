// How often a reader finds what is there and clears what is not, measured against results or known truth.
//
// Pure. A result that the reader's own read helped to make flatters that reader; known truth does not.

/// One reader's reads against the truth.
package struct DetectionRates: Sendable, Equatable {
    /// Positive reads of positive exams.
    package let sensitivity: Proportion
    /// Negative reads of negative exams.
    package let specificity: Proportion
    /// Positive reads of all exams.
    package let recallRate: Proportion

    /// - Parameter reads: What was read, and what was true: positive or not.
    package init(_ reads: [(read: Bool, truth: Bool)]) {
        let positives = reads.filter(\.truth)
        let negatives = reads.filter { !$0.truth }
        sensitivity = Proportion(positives.count(where: \.read), of: positives.count)
        specificity = Proportion(negatives.count { !$0.read }, of: negatives.count)
        recallRate = Proportion(reads.count(where: \.read), of: reads.count)
    }
}
