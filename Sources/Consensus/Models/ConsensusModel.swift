// The models' names, and how each makes labels from reads.
//
// Owns the choice of what runs for a name. `auto` is in `ModelChoice`.

/// A way to make one label of each exam's reads.
package enum ConsensusModel: String, CaseIterable, Sendable {
    /// The label of most reads.
    case majority
    /// Votes weighted by how often each reader agrees with the majority.
    case weighted
    /// A table of error rates for each reader.
    case dawidSkene
    /// One accuracy for each reader.
    case oneCoin
    /// Errors by steps on an ordered scale.
    case ordinal
    /// Readers who err together on exams of the same sort.
    case ebcc

    /// The subtypes of a label that `ebcc` may tell apart.
    static let subtypeCount = 3

    /// Learns from reads and determines each exam.
    ///
    /// - Parameter seed: Where the model needs a random start (`ebcc`).
    package func fit(_ table: ReadTable, seed: UInt64) -> LearntConsensus {
        switch self {
        case .majority: MajorityVotes.fit(table)
        case .weighted: AgreementWeights.fit(table)
        case .dawidSkene: Learner(table, seed: seed).learn(as: self) { DirichletErrors(table, counts: $0, shape: $1) }
        case .oneCoin: Learner(table, seed: seed).learn(as: self) { _, _ in OneCoinErrors() }
        case .ordinal: Learner(table, seed: seed).learn(as: self) { _, _ in OrdinalErrors() }
        case .ebcc: SubtypeErrors.fit(table, subtypeCount: Self.subtypeCount, seed: seed)
        }
    }
}
