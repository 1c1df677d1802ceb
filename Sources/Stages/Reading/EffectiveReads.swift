// Which of an exam's sealed reads count: one for each reader and round, the newest by its own time, none that was
// withdrawn.
//
// Pure. The order of arrival breaks ties between reads of the same second; otherwise it plays no part.

internal import Catalog
internal import Files

/// A read and whether it counts.
struct JudgedRead: Sendable {
    let read: DiagnosisRecord
    /// Why it does not count; nil when it does.
    let reason: String?
}

enum EffectiveReads {
    /// - Parameter reads: All sealed reads of one exam.
    /// - Returns: Every read that says something, in the order of reader, round and time.
    static func judge(_ reads: [DiagnosisRecord]) -> [JudgedRead] {
        let withdrawn = withdrawn(reads)
        let ordered = reads.filter { $0.facts.label != nil }.sorted { key($0) < key($1) }
        return ordered.enumerated().map { index, read in
            if withdrawn.contains(read.facts.digest) {
                return JudgedRead(read: read, reason: "withdrawn by its reader")
            }
            let later = ordered[(index + 1)...].first { other in
                other.facts.reader == read.facts.reader && other.facts.round == read.facts.round
                    && !withdrawn.contains(other.facts.digest)
            }
            return JudgedRead(read: read, reason: later.map { "replaced by \($0.facts.digest.hex)" })
        }
    }

    /// Those that count, in the order of reader and round.
    static func counted(_ reads: [DiagnosisRecord]) -> [DiagnosisRecord] {
        judge(reads).filter { $0.reason == nil }.map(\.read)
    }

    /// The newest blind read of each reader and round: what they thought before they could know what others think, even if
    /// they changed their mind when they did.
    static func blind(_ reads: [DiagnosisRecord]) -> [DiagnosisRecord] {
        let withdrawn = withdrawn(reads)
        return counted(reads.filter { $0.facts.wasBlind && !withdrawn.contains($0.facts.digest) })
    }

    private static func withdrawn(_ reads: [DiagnosisRecord]) -> Set<SHA256Digest> {
        let owners = Dictionary(reads.map { ($0.facts.digest, $0.facts.reader) }) { first, _ in first }
        return Set(
            reads.compactMap { read in
                read.facts.retracts.flatMap { owners[$0] == read.facts.reader ? $0 : nil }
            })
    }

    private static func key(_ read: DiagnosisRecord) -> (String, Int, Int64, Int64) {
        (read.facts.reader, read.facts.round, read.facts.readSeconds, read.sealOrder)
    }
}
