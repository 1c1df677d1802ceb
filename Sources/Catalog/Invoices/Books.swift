// Which months have documents, and up to which document each office has the books of them.
//
// What an office has is no fact of the accounts: without it everything is made once more, and comes to the same.

package import Accounting
internal import GRDB

extension Catalog {
    /// The row of the newest document; nil when none was issued.
    package func newestInvoice() throws(CatalogError) -> Int64? {
        try read { try Int64.fetchOne($0, sql: "SELECT MAX(id) FROM invoice") }
    }

    /// The months of the documents after one, in order.
    package func invoicedMonths(after invoice: Int64) throws(CatalogError) -> [BillingMonth] {
        try read { database in
            try String.fetchAll(
                database, kept: "SELECT DISTINCT month FROM invoice WHERE id > ? ORDER BY month", arguments: [invoice])
        }.compactMap { BillingMonth($0) }
    }

    /// All months that have documents, in order: one look into the index for each.
    package func invoicedMonths() throws(CatalogError) -> [BillingMonth] {
        try read { database in
            var months: [String] = []
            let next = try database.cachedStatement(sql: "SELECT MIN(month) FROM invoice WHERE month > ?")
            while let month = try String.fetchOne(next, arguments: [months.last ?? ""]) { months.append(month) }
            return months
        }.compactMap { BillingMonth($0) }
    }

    /// Up to which document an office has the books; 0 for none.
    package func bookHead(office: String) throws(CatalogError) -> Int64 {
        try read { database in
            try Int64.fetchOne(
                database, kept: "SELECT invoice_id FROM book_reader WHERE office = ?", arguments: [office]) ?? 0
        }
    }

    /// Notes up to which document an office has the books.
    package func noteBooks(office: String, upTo invoice: Int64) throws(CatalogError) {
        try write { database in
            try database.execute(
                kept: """
                    INSERT INTO book_reader (office, invoice_id) VALUES (?, ?)
                    ON CONFLICT (office) DO UPDATE SET invoice_id = MAX(invoice_id, excluded.invoice_id)
                    """,
                arguments: [office, invoice])
        }
    }
}
