// What reads came to: the result of an exam, with all that led to it.

/// The outcome of a rule over the reads of one exam.
package struct Determination: Sendable, Equatable {
    package enum Status: String, CaseIterable, Sendable {
        case determined, escalated, undetermined, technicalRecall
    }

    package let status: Status
    /// Nil unless determined, or a technical recall.
    package let label: String?
    /// Each label's share of the weight, or its probability where the rule makes one.
    package let posterior: [String: Double]
    /// The largest share less the second largest.
    package let margin: Double
    /// In the order of reader and digest.
    package let reads: [WeighedRead]
    /// Counted reads of another label than the result.
    package let minority: [WeighedRead]
    /// Why it is no plain result; nil when there is nothing to say.
    package let reason: String?
}

/// A read with what it weighed.
package struct WeighedRead: Sendable, Equatable {
    package let reader: String
    package let label: String
    package let digest: String
    package let weight: Double
    package let counted: Bool
    /// Why it was not counted, or what it did besides.
    package let reason: String?
}
