// Publishes receipts, from facts alone: the same facts give the same bytes, however often it is repeated.
//
// Invariants: a receipt is written only for a committed drop; an `incomplete` receipt goes when its drop completes.
// Memory is bounded whatever the number of files: lines are read from the catalogue and written as they come.

internal import Catalog
internal import Files
internal import Interchange
internal import Spool

/// Writes receipts to the parties' outbound folders.
struct ReceiptPublisher: Sendable {
    let catalog: Catalog
    let outbox: Outbox
    /// What is said of the price of images; nil where nothing is published of any.
    var rate: DailyRate?

    private static let kind = "receipts"
    private static let pieceByteCount = 128 << 10

    /// Publishes the receipt of a committed drop.
    func publish(_ drop: DropRecord) throws(StageError) {
        guard let receipt = drop.receipt, let receivedAt = drop.receivedAt, let status = drop.status else {
            throw .unexpected("\(drop.id) has no receipt to publish: it is not committed")
        }
        try StageError.wrap {
            let file = try outbox.begin(party: drop.party, kind: Self.kind, name: FileName(receipt))
            var text = ReceiptText()
            text.head(
                ReceiptText.Drop(
                    id: drop.id.description, party: drop.party, kind: drop.kind, name: drop.name.text,
                    sha256: drop.sha256?.hex, byteCount: drop.byteCount ?? 0, attested: drop.attested ?? false,
                    receivedAt: receivedAt, status: status, reason: drop.reason))
            try catalog.forEachFile(of: drop.id) { line in
                text.file(
                    path: line.path, byteCount: line.byteCount, sha256: line.sha256?.hex,
                    sopInstanceUID: line.sopInstanceUID, status: line.status, reason: line.reason)
                if text.pendingByteCount > Self.pieceByteCount { try file.append(text.take()) }
            }
            text.endFiles()
            let exams = try catalog.exams(of: drop.id)
            for exam in exams {
                text.exam(
                    key: exam.key, studyInstanceUID: exam.studyInstanceUID, accessionNumber: exam.accessionNumber,
                    patientID: exam.patientID, modalities: exam.modalities, instanceCount: exam.instanceCount)
            }
            text.endExams()
            try appendReads(of: drop.id, to: &text)
            let charges =
                try drop.kind == "images" ? rate?.charges(of: drop.id, party: drop.party, exams: exams.map(\.key)) : nil
            text.tail(missing: [], charges: charges ?? [])
            try file.append(text.take())
            try file.finish()
        }
        if drop.incompleteAt != nil { try withdrawIncomplete(drop) }
    }

    private func appendReads(of drop: DropID, to text: inout ReceiptText) throws {
        for read in try catalog.diagnoses(ofDrop: drop) {
            text.read(
                digest: read.facts.digest.hex, exam: read.examKey, reader: read.facts.reader, round: read.facts.round,
                status: read.facts.status.rawValue, reason: read.facts.reason)
        }
        text.endReads()
        for item in try catalog.items(ofDrop: drop) {
            text.item(index: item.position, id: item.name, status: item.status.rawValue, reason: item.reason)
        }
    }

    /// Publishes the receipt of a drop that does not complete, and its missing list.
    ///
    /// - Parameters:
    ///   - missing: The bytes of each path that is absent or damaged, as `rsync --files-from` takes them.
    ///   - reason: What is wrong and what would be right.
    func publishIncomplete(
        _ drop: DropRecord, byteCount: Int64, attested: Bool, missing: [[UInt8]], reason: String, at: String
    ) throws(StageError) {
        var text = ReceiptText()
        text.head(
            ReceiptText.Drop(
                id: drop.id.description, party: drop.party, kind: drop.kind, name: drop.name.text, sha256: nil,
                byteCount: byteCount, attested: attested, receivedAt: at, status: "incomplete", reason: reason))
        text.endFiles()
        text.endExams()
        text.endReads()
        text.tail(missing: missing.map { FileName.text(of: $0) })
        let list = missing.flatMap { $0 + [UInt8(ascii: "\n")] }
        let stem = ReceiptName.incompleteStem(kind: drop.kind, name: drop.name)
        try StageError.wrap {
            try outbox.publish(list, party: drop.party, kind: Self.kind, name: FileName("\(stem).missing"))
            try outbox.publish(
                text.take(), party: drop.party, kind: Self.kind, name: FileName("\(stem).incomplete.json"))
        }
    }

    /// Takes the incomplete receipt and its missing list back.
    func withdrawIncomplete(_ drop: DropRecord) throws(StageError) {
        let stem = ReceiptName.incompleteStem(kind: drop.kind, name: drop.name)
        try StageError.wrap {
            try outbox.withdraw(party: drop.party, kind: Self.kind, name: FileName("\(stem).incomplete.json"))
            try outbox.withdraw(party: drop.party, kind: Self.kind, name: FileName("\(stem).missing"))
        }
    }
}
