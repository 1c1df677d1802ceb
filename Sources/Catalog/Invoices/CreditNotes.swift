// Credit notes: issued in the transaction of the drop that asks for them.
//
// Invariant: which lines were given back before is looked up in that transaction, so that none is given back twice.

package import Accounting
internal import GRDB

/// A credit note that is to be issued.
package struct NewCredit: Sendable {
    /// What a note is made from.
    package struct Facts: Sendable {
        package let invoice: Invoice
        package let credited: Set<Int>
        package let sequence: InvoiceSequence
    }

    /// The row of the invoice.
    package let invoice: Int64
    package let lines: [Int]
    /// Of its number.
    package let year: Int
    package let make: @Sendable (Facts) throws -> NewInvoice

    package init(invoice: Int64, lines: [Int], year: Int, make: @escaping @Sendable (Facts) throws -> NewInvoice) {
        self.invoice = invoice
        self.lines = lines
        self.year = year
        self.make = make
    }
}

extension Catalog {
    static func issue(_ database: Database, _ credit: NewCredit, cause: DropID, at: String) throws {
        guard let record = try invoices(database, "id = ?", [credit.invoice]).first else {
            throw CatalogError.database("invoice \(credit.invoice) is not there")
        }
        let facts = NewCredit.Facts(
            invoice: record.invoice, credited: try creditedLines(database, ofInvoice: record.id),
            sequence: try .next(database, year: credit.year))
        try insert(
            database, try credit.make(facts), party: try partyRow(database, record.invoice.facility),
            month: record.month,
            ledger: (0, 0), credits: record.id, cause: cause.description, at: at)
    }
}
