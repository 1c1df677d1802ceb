// Credit and debit notes: issued in the transaction of the drop that asks for them.
//
// Invariant: which lines are given back is looked up in that transaction, so that none is given back or charged again twice.

package import Accounting
internal import GRDB

/// A credit or debit note that is to be issued.
package struct NewNote: Sendable {
    /// What a note is made from.
    package struct Facts: Sendable {
        package let invoice: Invoice
        /// Lines that are given back.
        package let credited: Set<Int>
        package let sequence: InvoiceSequence

        package init(invoice: Invoice, credited: Set<Int>, sequence: InvoiceSequence) {
            self.invoice = invoice
            self.credited = credited
            self.sequence = sequence
        }
    }

    /// The row of the invoice.
    package let invoice: Int64
    /// The lines that it gives back.
    package let credits: [Int]
    /// The lines that it charges again.
    package let charges: [Int]
    /// Of its number.
    package let year: Int
    package let make: @Sendable (Facts) throws -> NewInvoice

    package init(
        invoice: Int64, credits: [Int] = [], charges: [Int] = [], year: Int,
        make: @escaping @Sendable (Facts) throws -> NewInvoice
    ) {
        self.invoice = invoice
        self.credits = credits
        self.charges = charges
        self.year = year
        self.make = make
    }
}

extension Catalog {
    static func issue(_ database: Database, _ note: NewNote, cause: DropID, at: String) throws {
        guard let record = try invoices(database, "id = ?", [note.invoice]).first else {
            throw CatalogError.database("invoice \(note.invoice) is not there")
        }
        let facts = NewNote.Facts(
            invoice: record.invoice, credited: try creditedLines(database, ofInvoice: record.id),
            sequence: try .next(database, year: note.year))
        try insert(
            database, try note.make(facts), party: try partyRow(database, record.invoice.facility),
            month: record.month,
            ledger: (0, 0), credits: record.id, cause: cause.description, at: at)
    }

    /// The lines of an invoice that are given back and were not charged again since.
    package func creditedLines(ofInvoice id: Int64) throws(CatalogError) -> Set<Int> {
        try read { try Self.creditedLines($0, ofInvoice: id) }
    }

    private static func creditedLines(_ database: Database, ofInvoice id: Int64) throws -> Set<Int> {
        Set(
            try Int.fetchAll(
                database,
                kept: """
                    SELECT invoice_line.credits FROM invoice_line JOIN invoice ON invoice.id = invoice_id
                    WHERE invoice.credits = ? AND invoice_line.credits IS NOT NULL
                    GROUP BY invoice_line.credits
                    HAVING SUM(CASE invoice.kind WHEN 'creditNote' THEN 1 ELSE -1 END) > 0
                    """,
                arguments: [id]))
    }
}
