// How far the reading of an exam has come: how many answers are in, of how many, and who begins another round.
//
// Pure. Asked are those whom the protocol or the office chose, in every round; who asked for the exam by themselves is
// waited for by nobody, and their answer counts as one more.

internal import Catalog

struct RoundTally {
    /// Answers that are in, of all readers and rounds but the arbiter's.
    let arrived: Int
    /// Answers that there will be.
    let total: Int
    /// Whether everybody who was asked has answered in every round.
    let isAll: Bool
    /// Who begins which round now.
    let next: [(reader: String, round: Int)]

    /// - Parameter counted: The reads of the exam that count.
    init(assignments: [AssignmentRecord], rounds: Int, counted: [DiagnosisRecord]) {
        let asked = assignments.filter { [.protocol, .office].contains($0.origin) && $0.round <= rounds }
        let readers = Set(asked.map(\.reader))
        let answers = Set(counted.filter { $0.facts.round <= rounds }.map { Answer($0.facts.reader, $0.facts.round) })
        let expected = Set(readers.flatMap { reader in (1...rounds).map { Answer(reader, $0) } })
        arrived = answers.count
        total = expected.union(answers).count
        isAll = !expected.isEmpty && expected.isSubset(of: answers)
        let last = Dictionary(asked.map { ($0.reader, $0.round) }, uniquingKeysWith: max)
        next = last.sorted { $0.key < $1.key }.compactMap { reader, round in
            let ofRound = asked.filter { $0.round == round }
            guard round < rounds, ofRound.allSatisfy({ answers.contains(Answer($0.reader, round)) }) else { return nil }
            return (reader, round + 1)
        }
    }

    private struct Answer: Hashable {
        let reader: String
        let round: Int

        init(_ reader: String, _ round: Int) {
            self.reader = reader
            self.round = round
        }
    }
}
