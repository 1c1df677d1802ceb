// What an invoice, a line of one, or a metered use is, as `explain --json` says it.
//
// Pure: records in, dictionaries of JSON values out.

import Accounting
import Catalog
import Foundation

enum AccountText {
    static func invoice(_ record: InvoiceRecord, notes: [InvoiceRecord]) -> [String: Any] {
        let invoice = record.invoice
        return [
            "type": "invoice", "id": invoice.number ?? "", "kind": invoice.kind.rawValue, "facility": invoice.facility,
            "month": record.month.description, "issuedAt": invoice.issuedAt.text, "net": invoice.net.text,
            "total": invoice.total.text, "currency": invoice.currency.code, "lines": invoice.lines.count,
            "credits": invoice.credits?.number ?? NSNull(),
            "creditedBy": notes.filter { $0.invoice.kind == .creditNote }.compactMap(\.invoice.number),
            "debitedBy": notes.filter { $0.invoice.kind == .debitNote }.compactMap(\.invoice.number),
            "sha256": record.digest.hex,
        ]
    }

    /// - Parameters:
    ///   - openingByteCount: What lay in the tier when the line's time began; nil for other lines.
    ///   - about: The line that a note's line is about; nil for others.
    static func line(
        _ line: InvoiceLine, of number: String, events: Int, openingByteCount: Int64?, about: String?
    ) -> [String: Any] {
        [
            "type": "invoiceLine", "id": "\(number):\(line.number)", "kind": line.kind.rawValue,
            "description": line.description, "quantity": line.quantity.description, "unit": line.unit,
            "unitPrice": line.unitPrice.description, "amount": line.amount.text, "currency": line.amount.currency.code,
            "from": line.service.from.description, "to": line.service.to.description, "eventCount": events,
            "openingByteCount": openingByteCount ?? NSNull(),
            "about": about ?? NSNull(),
        ]
    }

    /// - Parameter lines: Those that bill it.
    static func usage(_ usage: UsageRecord, lines: [InvoiceLineRecord]) -> [String: Any] {
        [
            "type": "usage", "id": usage.act, "kind": usage.kind, "party": usage.party, "exam": usage.exam ?? NSNull(),
            "cause": usage.cause, "byteCount": usage.byteCount ?? NSNull(),
            "billedBy": lines.map { "\($0.invoiceNumber):\($0.number)" },
        ]
    }
}
