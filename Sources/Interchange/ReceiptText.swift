// A receipt as JSON text: the head, one line for each file, the exams, the end.
//
// Pure. The order of the calls is the order of the text: `head`, `file`…, `endFiles`, `exam`…, `endExams`, `read`…,
// `endReads`, `item`…, `tail`. The same facts give the same bytes.

/// Writes a receipt in pieces.
package struct ReceiptText: Sendable {
    /// What the receipt says of the drop itself.
    package struct Drop: Sendable {
        package let id: String
        package let party: String
        package let kind: String
        package let name: String
        /// 64 hexadecimal digits; nil while it is incomplete.
        package let sha256: String?
        package let byteCount: Int64
        package let attested: Bool
        /// ISO 8601 with offset.
        package let receivedAt: String
        package let status: String
        package let reason: String?

        package init(
            id: String, party: String, kind: String, name: String, sha256: String?, byteCount: Int64, attested: Bool,
            receivedAt: String, status: String, reason: String?
        ) {
            self.id = id
            self.party = party
            self.kind = kind
            self.name = name
            self.sha256 = sha256
            self.byteCount = byteCount
            self.attested = attested
            self.receivedAt = receivedAt
            self.status = status
            self.reason = reason
        }
    }

    private var text = JSONText()
    private var fileCount = 0
    private var examCount = 0
    private var readCount = 0
    private var itemCount = 0

    package init() {}

    /// Gives what is written so far and forgets it.
    package mutating func take() -> [UInt8] { text.take() }

    package var pendingByteCount: Int { text.bytes.count }

    package mutating func head(_ drop: Drop) {
        text.raw("{\"type\":\"receipt\",\n\"drop\":{")
        text.key("id", first: true)
        text.string(drop.id)
        text.key("party")
        text.string(drop.party)
        text.key("kind")
        text.string(drop.kind)
        text.key("name")
        text.string(drop.name)
        text.key("sha256")
        text.string(drop.sha256)
        text.key("byteCount")
        text.number(drop.byteCount)
        text.key("attested")
        text.boolean(drop.attested)
        text.key("receivedAt")
        text.string(drop.receivedAt)
        text.raw("},\n\"status\":")
        text.string(drop.status)
        text.key("reason")
        text.string(drop.reason)
        text.raw(",\n\"files\":[")
    }

    package mutating func file(
        path: String, byteCount: Int64?, sha256: String?, sopInstanceUID: String?, status: String, reason: String?
    ) {
        text.raw(fileCount == 0 ? "\n{" : ",\n{")
        fileCount += 1
        text.key("path", first: true)
        text.string(path)
        text.key("byteCount")
        if let byteCount { text.number(byteCount) } else { text.null() }
        text.key("sha256")
        text.string(sha256)
        text.key("sopInstanceUID")
        text.string(sopInstanceUID)
        text.key("status")
        text.string(status)
        text.key("reason")
        text.string(reason)
        text.raw("}")
    }

    package mutating func endFiles() { text.raw("],\n\"exams\":[") }

    package mutating func exam(
        key: String, studyInstanceUID: String, accessionNumber: String, patientID: String, modalities: [String],
        instanceCount: Int
    ) {
        text.raw(examCount == 0 ? "\n{" : ",\n{")
        examCount += 1
        text.key("key", first: true)
        text.string(key)
        text.key("studyInstanceUID")
        text.string(studyInstanceUID)
        text.key("accessionNumber")
        text.string(accessionNumber)
        text.key("patientID")
        text.string(patientID)
        text.key("modalities")
        text.strings(modalities)
        text.key("instanceCount")
        text.number(instanceCount)
        text.raw("}")
    }

    package mutating func endExams() { text.raw("],\n\"reads\":[") }

    /// - Parameter exam: The exam's key; nil while it is not known.
    package mutating func read(
        digest: String, exam: String?, reader: String, round: Int, status: String, reason: String?
    ) {
        text.raw(readCount == 0 ? "\n{" : ",\n{")
        readCount += 1
        text.key("digest", first: true)
        text.string(digest)
        text.key("exam")
        text.string(exam)
        text.key("reader")
        text.string(reader)
        text.key("round")
        text.number(round)
        text.key("status")
        text.string(status)
        text.key("reason")
        text.string(reason)
        text.raw("}")
    }

    package mutating func endReads() { text.raw("],\n\"items\":[") }

    /// - Parameter id: As its sender wrote it; nil where it could not be read.
    package mutating func item(index: Int, id: String?, status: String, reason: String?) {
        text.raw(itemCount == 0 ? "\n{" : ",\n{")
        itemCount += 1
        text.key("index", first: true)
        text.number(index)
        text.key("id")
        text.string(id)
        text.key("status")
        text.string(status)
        text.key("reason")
        text.string(reason)
        text.raw("}")
    }

    /// - Parameters:
    ///   - missing: Paths that an incomplete drop lacks.
    ///   - charges: What it costs.
    package mutating func tail(missing: [String], charges: [Charge] = []) {
        text.raw("],\n\"missing\":")
        text.strings(missing)
        text.raw(",\n\"charges\":[")
        for (index, charge) in charges.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.key("event", first: true)
            text.string(charge.event)
            text.key("description")
            text.string(charge.description)
            text.key("amount")
            text.string(charge.amount)
            text.key("currency")
            text.string(charge.currency)
            text.raw("}")
        }
        text.raw("]}\n")
    }

    /// What something in the drop costs.
    package struct Charge: Sendable {
        /// The id of the usage event.
        let event: String
        let description: String
        /// A decimal.
        let amount: String
        let currency: String

        package init(event: String, description: String, amount: String, currency: String) {
            self.event = event
            self.description = description
            self.amount = amount
            self.currency = currency
        }
    }
}
