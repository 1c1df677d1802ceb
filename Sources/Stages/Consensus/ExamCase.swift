// An exam that may be determined: its protocol, and its reads so far.

internal import Catalog
internal import Configuration

struct ExamCase {
    let exam: ChangedExam
    let reading: ReadingProtocol
    let reads: ExamReads

    /// Reads that it takes: where all are wanted, as many as were asked, which may be fewer than the protocol names.
    var minimumReads: Int {
        guard reading.minimumReads >= reading.number ?? reading.readers.count else { return reading.minimumReads }
        return min(reading.minimumReads, max(1, reads.firstReaders.count))
    }

    /// Reads of the last round that are in; what an arbiter says comes on top.
    var voteCount: Int {
        let arbiter = reading.rule.kind == .firstSecondArbiter ? reading.rule.arbiter : nil
        return reads.counted.filter {
            $0.facts.round >= reading.rounds && $0.facts.reader != arbiter && !reads.isArbitration($0)
        }.count
    }

    /// Whether as many have answered as the protocol asks for.
    var isComplete: Bool { voteCount >= minimumReads }

    /// Whether the protocol's deadline has passed with at least one answer, of whatever round.
    func isByDeadline(nowSeconds: Int64, seconds: (String) -> Int64?) -> Bool {
        guard !isComplete, !reads.counted.isEmpty, let deadline = reading.deadlineMilliseconds,
            let since = reads.assignments.compactMap({ seconds($0.assignedAt) }).min()
        else { return false }
        return nowSeconds - since >= deadline / 1000
    }
}
