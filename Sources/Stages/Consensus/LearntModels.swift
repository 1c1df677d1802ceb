// What is learnt from all reads of a protocol, once for each rule and moment.
//
// Learning again from the same reads gives the same, so that nothing of it has to be kept.

internal import Catalog
internal import Consensus

struct LearntModels {
    /// Where models that need a random start begin: the same always.
    static let seed: UInt64 = 20_210_613

    private let catalog: Catalog
    private var known: [Key: LearntSkills?] = [:]

    private struct Key: Hashable {
        let protocolID: String
        let readLimit: Int64
        let labels: [String]
        let isOrdered: Bool
        let model: ConsensusModel?
    }

    init(_ catalog: Catalog) {
        self.catalog = catalog
    }

    /// - Parameters:
    ///   - model: nil lets the reads choose.
    ///   - readLimit: The last place in the order of sealing that is learnt from.
    /// - Returns: nil when the rule learns nothing, or there is too little to learn from.
    mutating func skills(
        _ rule: RuleParameters, model: ConsensusModel?, protocolID: String, readLimit: Int64
    ) throws -> LearntSkills? {
        guard rule.learns else { return nil }
        let key = Key(
            protocolID: protocolID, readLimit: readLimit, labels: rule.labels, isOrdered: rule.ordered, model: model)
        if let skills = known[key] { return skills }
        let skills = LearntSkills.learn(
            try pastReads(protocolID, readLimit), labels: rule.labels, isOrdered: rule.ordered, model: model,
            seed: Self.seed)
        known[key] = .some(skills)
        return skills
    }

    private func pastReads(_ protocolID: String, _ readLimit: Int64) throws -> [LearntSkills.PastRead] {
        let reads = try catalog.countedReads(protocolID: protocolID, readLimit: readLimit)
        let grouped = Dictionary(grouping: reads) { $0.facts.study ?? 0 }
        return grouped.sorted { $0.key < $1.key }.flatMap { study, reads in
            EffectiveReads.counted(reads).map {
                LearntSkills.PastRead(exam: String(study), reader: $0.facts.reader, label: $0.facts.label ?? "")
            }
        }
    }
}
