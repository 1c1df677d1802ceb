// The reads of an exam up to some moment, which of them count, and what a rule makes of them.
//
// Invariant: the same facts give the same determination, in whatever order they came.

internal import Catalog
internal import Consensus
internal import Files

struct ExamReads {
    let assignments: [AssignmentRecord]
    /// All reads that say something, those that do not count with their reason.
    let judged: [JudgedRead]

    init(assignments: [AssignmentRecord], judged: [JudgedRead]) {
        self.assignments = assignments
        self.judged = Self.lastRounds(judged, assignments)
    }

    /// - Parameter readLimit: The last place in the order of sealing that is meant.
    init(_ catalog: Catalog, study: Int64, readLimit: Int64) throws {
        let reads = try catalog.sealedDiagnoses(study: study).filter { $0.sealOrder <= readLimit }
        self.init(assignments: try catalog.assignments(study: study), judged: EffectiveReads.judge(reads))
    }

    var counted: [DiagnosisRecord] { judged.filter { $0.reason == nil }.map(\.read) }

    /// Who was asked by the protocol or the office.
    var firstReaders: Set<String> {
        Set(assignments.filter { [.protocol, .office].contains($0.origin) }.map(\.reader))
    }

    var countedReaders: Set<String> { Set(counted.map(\.facts.reader)) }

    /// What makes a determination another one: the reads that count and what they say.
    var inputs: SHA256Digest {
        let lines = counted.map {
            "\($0.facts.digest.hex) \($0.facts.reader) \($0.facts.round) \($0.facts.label ?? "")\n"
        }
        return SHA256.digest(of: lines.sorted().joined())
    }

    /// A read's place among first readers or arbiters.
    func isArbitration(_ read: DiagnosisRecord) -> Bool { Self.isArbitration(read, assignments) }

    private static func isArbitration(_ read: DiagnosisRecord, _ assignments: [AssignmentRecord]) -> Bool {
        assignments.contains {
            $0.reader == read.facts.reader && $0.round == read.facts.round && $0.origin == .arbiter
        }
    }

    /// Of a reader's rounds the last one counts: they read again to say what they think now. Arbitration stands apart.
    private static func lastRounds(_ judged: [JudgedRead], _ assignments: [AssignmentRecord]) -> [JudgedRead] {
        let votes = judged.map { $0.reason == nil && !isArbitration($0.read, assignments) }
        var last: [String: Int] = [:]
        for (item, isVote) in zip(judged, votes) where isVote {
            last[item.read.facts.reader] = max(last[item.read.facts.reader] ?? 0, item.read.facts.round)
        }
        return zip(judged, votes).map { item, isVote in
            guard isVote, let round = last[item.read.facts.reader], round > item.read.facts.round else { return item }
            return JudgedRead(read: item.read, reason: "followed by their read of round \(round)")
        }
    }

    /// Applies a rule.
    ///
    /// - Parameter isByDeadline: Whether one read is enough, because the protocol's deadline has passed.
    func determine(
        _ rule: RuleParameters, skills: [SkillParameters], learnt: LearntSkills?, isByDeadline: Bool
    ) -> Determination {
        var consensus = rule.consensusRule
        if isByDeadline { consensus.minimumReads = 1 }
        let declared = Dictionary(skills.map { ($0.reader, $0.declared) }) { first, _ in first }
        return Determiner(consensus, skills: ReaderSkills(declared: declared, learnt: learnt)).determine(
            counted.map { read in
                CountedRead(
                    reader: read.facts.reader, label: read.facts.label ?? "", confidence: read.facts.confidence,
                    digest: read.facts.digest.hex, isArbitration: isArbitration(read))
            })
    }
}
