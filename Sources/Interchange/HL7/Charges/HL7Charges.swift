// HL7Charges owns the messages that tell a facility's billing system of its charges: DFT^P03, one for each delivered exam.
//
// Pure. A batch in one file, written in pieces: `init`, `charge`… , `end`. Control ids come from the usage events, so that a
// receiver knows what it has seen. A credit note's transactions are credits.
// Source: HL7 v2.5.1 chapter 6, section 6.4.1 (DFT/ACK, event P03); chapter 2, section 2.10.3 (batches).

package import Accounting
import Files

/// Writes a batch of charges.
package struct HL7Charges: Sendable {
    private var text = ""
    private var count = 0
    private let invoice: Invoice

    /// - Parameter invoice: The document that bills them; no draft.
    package init(of invoice: Invoice) {
        self.invoice = invoice
        text += envelope("FHS").headerText
        text += envelope("BHS").headerText
    }

    /// Bytes that `take` would give.
    package var pendingByteCount: Int { text.utf8.count }

    /// Gives what is written so far and forgets it.
    package mutating func take() -> [UInt8] {
        defer { text = "" }
        return Array(text.utf8)
    }

    package mutating func charge(_ charge: ExamCharge) {
        count += 1
        text += header(charge).headerText
        text += event(charge).text
        text += patient(charge.exam).text
        text += transaction(charge).text
    }

    package mutating func end() {
        var batch = HL7SegmentText("BTS")
        batch.set(1, String(count))
        var file = HL7SegmentText("FTS")
        file.set(1, "1")
        text += batch.text + file.text
    }

    private func envelope(_ name: String) -> HL7SegmentText {
        var segment = HL7SegmentText(name)
        segment.set(3, invoice.seller.id)
        segment.set(4, invoice.seller.name)
        segment.set(5, invoice.buyer.id)
        segment.set(6, invoice.buyer.name)
        segment.set(7, HL7Time.text(invoice.issuedAt.text))
        segment.set(9, invoice.fileName)
        return segment
    }

    private func header(_ charge: ExamCharge) -> HL7SegmentText {
        var segment = HL7SegmentText("MSH")
        segment.set(3, "FILMROOM")
        segment.set(4, invoice.seller.id)
        segment.set(6, invoice.buyer.id)
        segment.set(7, HL7Time.text(invoice.issuedAt.text))
        segment.set(9, components: ["DFT", "P03", "DFT_P03"])
        segment.set(10, controlID(charge))
        segment.set(11, "P")
        segment.set(12, "2.5.1")
        segment.set(18, "UNICODE UTF-8")
        return segment
    }

    private func event(_ charge: ExamCharge) -> HL7SegmentText {
        var segment = HL7SegmentText("EVN")
        segment.set(2, HL7Time.text(invoice.issuedAt.text))
        segment.set(6, HL7Time.text(charge.at.text))
        return segment
    }

    private func patient(_ exam: ChargedExam) -> HL7SegmentText {
        var segment = HL7SegmentText("PID")
        segment.set(1, "1")
        segment.set(3, components: [exam.patientID, nil, nil, exam.issuerOfPatientID ?? invoice.facility, "PI"])
        let groups = (exam.patientName ?? "").split(separator: "=", omittingEmptySubsequences: false)
        let name = groups.first.map { $0.split(separator: "^", omittingEmptySubsequences: false).map(String.init) }
        // PID-5 has to be there; a name that is not known is empty within its quotes.
        guard let name, !name.allSatisfy(\.isEmpty) else {
            segment.set(5, raw: "\"\"")
            return segment
        }
        segment.set(5, components: Array(name.prefix(5)))
        return segment
    }

    private func transaction(_ charge: ExamCharge) -> HL7SegmentText {
        let isCredit = invoice.kind == .creditNote
        var segment = HL7SegmentText("FT1")
        segment.set(1, "1")
        segment.set(2, Self.shortened(charge.event, Self.longestTransactionID))
        segment.set(3, invoice.number)
        segment.set(4, HL7Time.text(charge.at.text))
        segment.set(5, HL7Time.text(invoice.issuedAt.text))
        segment.set(6, isCredit ? "CD" : "CG")
        segment.set(7, components: ["DATAFEE", charge.description, "99FILMROOM"])
        segment.set(10, "1")
        segment.set(11, raw: "\(charge.amount.text)&\(charge.amount.currency)")
        segment.set(12, raw: "\(charge.amount.text)&\(charge.amount.currency)")
        segment.set(23, components: [charge.exam.accessionNumber ?? charge.exam.studyInstanceUID])
        return segment
    }

    private static let longestControlID = 20
    private static let longestTransactionID = 12

    /// What is too long for its field is named by its digest, which is as good as unique.
    private func controlID(_ charge: ExamCharge) -> String {
        let id = (invoice.number ?? "") + charge.event
        return Self.shortened(id, Self.longestControlID)
    }

    private static func shortened(_ id: String, _ length: Int) -> String {
        id.utf8.count <= length ? id : String(SHA256.digest(of: id).hex.prefix(length))
    }
}
