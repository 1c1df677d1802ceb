// How exams of one sort are read: who, how many, in how many rounds, and by which rule the answers become one.
//
// Owns one item of `protocols` in `reading.yaml`. Invariant: everything that it names exists, and the counts fit the
// number of readers. Never knows an exam.

/// A reading protocol.
package struct ReadingProtocol: Sendable, Equatable {
    package let id: String
    /// The exams that it is for; the first protocol of the file that matches an exam has it.
    package let match: ProtocolMatch
    /// The answers that a read may give, from least to most severe where `ordered`.
    package let labels: [String]
    package let ordered: Bool
    /// Ids of the readers who may be assigned.
    package let readers: [String]
    /// How many of them are: nil means all.
    package let number: Int?
    /// Where it is not written: all readers when all of them read, else in turn.
    package let assignment: Assignment
    /// Whether a reader's packet hides what others have read.
    package let blinded: Bool
    package let rounds: Int
    /// How long no image may have come until the exam counts as whole.
    package let examCompleteMilliseconds: Int64
    /// Reads at which management is told.
    package let quorum: Int
    /// Reads at which the exam is determined.
    package let minimumReads: Int
    /// How long after assignment the exam is determined with what there is; nil waits.
    package let deadlineMilliseconds: Int64?
    /// Answers that say that the images cannot be read and must be taken again; among `labels`, or besides them.
    package let technicalRecall: [String]
    /// Codes by which structured reports give the labels: label to codes, each `scheme:value` or a bare value.
    package let srLabels: [String: [String]]
    package let rule: DeterminationRule

    init(_ reader: KeyedReader, known: Identifiers) {
        let names = ProtocolNames(reader, known: known)
        id = names.id
        labels = names.labels
        readers = names.readers
        number = names.number
        match = reader.value("match", { ProtocolMatch.decode($0, known: known) }, default: .everything)
        ordered = reader.value("ordered", Decode.flag, default: true)
        let readsByAll = names.readsOfAnExam >= names.readers.count
        assignment = reader.value("assignment", Decode.word(Assignment.self), default: readsByAll ? .all : .rotation)
        blinded = reader.value("blinded", Decode.flag, default: true)
        rounds = reader.value("rounds", Decode.integer(in: 1...9), default: 1)
        examCompleteMilliseconds = reader.value("examComplete", Decode.duration, default: 600_000)
        let quorum = reader.value("quorum", names.count(or: [:]), default: min(2, names.readsOfAnExam))
        self.quorum = quorum
        minimumReads = reader.value(
            "minimumReads", names.count(or: ["quorum": quorum, "all": names.readsOfAnExam]), default: quorum)
        deadlineMilliseconds = reader.optional("deadline", Decode.positiveDuration)
        technicalRecall = reader.value("technicalRecall", Decode.list(of: names.technicalLabel), default: [])
        srLabels = reader.value("srLabels", names.codes, default: [:])
        rule = reader.value(
            "rule", { [ordered] in DeterminationRule.decode($0, names: names, ordered: ordered) },
            default: DeterminationRule.plain)
        if assignment == .all, !readsByAll {
            reader.given("assignment")?.fail(
                "`all` \(readers.count) readers cannot be \(names.readsOfAnExam) of them; write rotation or leastLoad")
        }
    }
}

/// How the readers of an exam are chosen.
package enum Assignment: String, CaseIterable, Sendable {
    /// Every reader that the protocol names.
    case all
    /// The next ones in turn.
    case rotation
    /// Those with the least that is open.
    case leastLoad
}
