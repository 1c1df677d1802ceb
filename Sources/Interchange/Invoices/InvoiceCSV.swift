// An issued document as CSV: one record a charge, with the document's number on each, so that files can be joined.
//
// Pure. Amounts of a credit note are positive, as in its JSON; the column `kind` says what it is.

package import Accounting

/// Writes the lines of a document.
package enum InvoiceCSV {
    package static func bytes(_ invoice: Invoice) -> [UInt8] {
        var text = CSVText()
        text.record(columns.map { .plain($0) })
        for line in invoice.lines { text.record(fields(line, of: invoice)) }
        return text.take()
    }

    private static let columns = [
        "number", "kind", "facility", "periodFrom", "periodTo", "issuedAt", "currency", "line", "lineKind",
        "description", "serviceFrom", "serviceTo", "quantity", "unit", "unitPrice", "discount", "amount", "taxCategory",
        "taxPercent", "eventCount", "credits", "creditsLine",
    ]

    private static func fields(_ line: InvoiceLine, of invoice: Invoice) -> [CSVText.Field] {
        [
            .plain(invoice.number), .plain(invoice.kind.rawValue), .text(invoice.facility),
            .plain(invoice.period.from.description), .plain(invoice.period.to.description),
            .plain(invoice.issuedAt.text), .plain(invoice.currency.code), .number(line.number),
            .plain(line.kind.rawValue), .text(line.description), .plain(line.service.from.description),
            .plain(line.service.to.description), .plain(line.quantity.description), .text(line.unit),
            .plain(line.unitPrice.description), .plain(line.discount?.amount.text), .plain(line.amount.text),
            .plain(line.taxCategory.rawValue), .plain(line.taxPercent.description), .number(line.eventCount),
            .plain(invoice.credits?.number), .number(line.creditsLine),
        ]
    }
}
