// What a reader is asked for. Pure: from the protocol and the assignment; holds nobody's opinion.

/// The form for one reader's diagnosis of the page's exam.
package struct DiagnosisForm: Codable, Sendable, Equatable {
    /// The reader's id.
    package var reader: String
    /// As the page addresses them.
    package var readerName: String
    /// The protocol's id.
    package var protocolID: String
    /// The answers that the protocol allows.
    package var labels: [String]
    /// Whether the labels go from least to most severe.
    package var isOrdered: Bool
    /// 1-based.
    package var round: Int
    package var rounds: Int
    package var packetVersion: Int
    /// Whether this read decides between others.
    package var isArbiter: Bool

    package init(
        reader: String, readerName: String, protocolID: String, labels: [String], isOrdered: Bool, round: Int,
        rounds: Int, packetVersion: Int, isArbiter: Bool = false
    ) {
        self.reader = reader
        self.readerName = readerName
        self.protocolID = protocolID
        self.labels = labels
        self.isOrdered = isOrdered
        self.round = round
        self.rounds = rounds
        self.packetVersion = packetVersion
        self.isArbiter = isArbiter
    }

    private enum CodingKeys: String, CodingKey {
        case reader, readerName, labels, round, rounds, packetVersion
        case protocolID = "protocol"
        case isOrdered = "ordered"
        case isArbiter = "arbiter"
    }
}
