// The events behind a document as CSV, one record an event.
//
// Pure. It is written in pieces: there may be millions. The calls are `init`, `event`… ; after each, `take` gives what is
// pending. Events of a line follow one another when they are given so.

package import Accounting

/// Writes the file of single events.
package struct InvoiceEventsCSV: Sendable {
    private var text = CSVText()
    private let number: CSVText.Field
    private let currency: CSVText.Field

    /// - Parameter invoice: The document that bills them; only its number and currency are written.
    package init(of invoice: Invoice) {
        number = .plain(invoice.number)
        currency = .plain(invoice.currency.code)
        text.record(Self.columns.map { .plain($0) })
    }

    /// Bytes that `take` would give.
    package var pendingByteCount: Int { text.bytes.count }

    /// Gives what is written so far and forgets it.
    package mutating func take() -> [UInt8] { text.take() }

    package mutating func event(_ event: InvoiceEvent) {
        text.record([
            number, .number(event.line), .text(event.id), .plain(event.kind.rawValue), .plain(event.at.text),
            .plain(event.from?.text), .plain(event.to?.text), .text(event.exam), .text(event.request),
            .text(event.purpose), .text(event.item), .text(event.drop), .number(event.byteCount),
            .plain(event.quantity.description), .text(event.unit), .plain(event.unitPrice?.description),
            .plain(event.charged?.description), .plain(event.waived?.description), currency,
            .text(event.explanation),
        ])
    }

    private static let columns = [
        "number", "line", "event", "kind", "at", "from", "to", "exam", "request", "purpose", "item", "drop",
        "byteCount", "quantity", "unit", "unitPrice", "charged", "waived", "currency", "explanation",
    ]
}
