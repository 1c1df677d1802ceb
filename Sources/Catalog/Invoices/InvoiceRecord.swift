// Issued documents as the catalogue keeps them: the values, the bytes that were published, and their place in the chain.
//
// Facts: written once, never changed.

package import Accounting
package import Files
internal import Foundation
internal import GRDB

/// A document that was issued.
package struct InvoiceRecord: Sendable {
    package let id: Int64
    package let invoice: Invoice
    /// The JSON that was published.
    package let document: [UInt8]
    /// Of that JSON.
    package let digest: SHA256Digest
    package let month: BillingMonth
    /// Events of the ledger after this were not on an invoice before.
    package let ledgerFrom: Int64
    /// The last event of the ledger when it was issued.
    package let ledgerHead: Int64
    /// The drop that asked for it; nil for what was issued by the calendar.
    package let cause: String?

    init(_ row: Row) throws {
        id = row["id"]
        invoice = try JSONDecoder().decode(Invoice.self, from: row["content"] as Data)
        document = [UInt8](row["document"] as Data)
        guard let digest = Catalog.digest(row["digest"]), let month = BillingMonth(row["month"] as String) else {
            throw CatalogError.database("invoice \(row["number"] as String) has no month or digest")
        }
        self.digest = digest
        self.month = month
        ledgerFrom = row["ledger_from"]
        ledgerHead = row["ledger_head"]
        cause = row["cause"]
    }
}

/// A document that is about to be issued.
package struct NewInvoice: Sendable {
    package let invoice: Invoice
    /// Its JSON, as it is published.
    package let document: [UInt8]
    /// Where the events behind each line are, in the order of the lines.
    package let sources: [LineSource]
    /// Storage that it charges, with the month that it is of.
    package let billed: [(month: BillingMonth, storage: BilledStorage)]
    /// Party and file name of each file that is published of it.
    package let files: [(party: String, name: String)]

    package init(
        invoice: Invoice, document: [UInt8], sources: [LineSource],
        billed: [(month: BillingMonth, storage: BilledStorage)] = [],
        files: [(party: String, name: String)]
    ) {
        self.invoice = invoice
        self.document = document
        self.sources = sources
        self.billed = billed
        self.files = files
    }
}

/// What the next document of the site continues.
package struct InvoiceSequence: Sendable {
    /// The next number of each kind in the year.
    package let nextInvoice: Int
    package let nextCreditNote: Int
    package let nextDebitNote: Int
    /// SHA-256 of the JSON of the document before, in hexadecimal digits; nil for the first.
    package let previousDigest: String?

    /// `2026-000012`, `2026-C000003`, `2026-D000001`
    package func number(year: Int, kind: Invoice.Kind) -> String {
        let (series, next) =
            switch kind {
            case .invoice: ("", nextInvoice)
            case .creditNote: ("C", nextCreditNote)
            case .debitNote: ("D", nextDebitNote)
            }
        return "\(year)-\(series)\(String(1_000_000 + next).dropFirst())"
    }

    /// What would be next after some more invoices.
    package func after(invoices: Int) -> InvoiceSequence {
        InvoiceSequence(
            nextInvoice: nextInvoice + invoices, nextCreditNote: nextCreditNote, nextDebitNote: nextDebitNote,
            previousDigest: previousDigest)
    }

    static func next(_ database: Database, year: Int) throws -> InvoiceSequence {
        func next(_ mark: String) throws -> Int {
            // A range, which is found at the end of the index, where a pattern would have every number looked at.
            let find = try database.cachedStatement(sql: "SELECT MAX(number) FROM invoice WHERE number BETWEEN ? AND ?")
            let last = try String.fetchOne(find, arguments: ["\(year)-\(mark)000000", "\(year)-\(mark)999999"])
            return (last.flatMap { Int($0.suffix(6)) } ?? 0) + 1
        }
        let digest = try Data.fetchOne(database, kept: "SELECT digest FROM invoice ORDER BY id DESC LIMIT 1")
        return InvoiceSequence(
            nextInvoice: try next(""), nextCreditNote: try next("C"), nextDebitNote: try next("D"),
            previousDigest: Catalog.digest(digest)?.hex)
    }
}

extension Catalog {
    /// The document of a number; nil when there is none.
    package func invoice(number: String) throws(CatalogError) -> InvoiceRecord? {
        try invoices("number = ?", [number]).first
    }

    /// The document of a row.
    package func invoice(id: Int64) throws(CatalogError) -> InvoiceRecord? { try invoices("id = ?", [id]).first }

    /// All documents of a month, in the order of their issue; of all months without one.
    package func invoices(month: BillingMonth? = nil) throws(CatalogError) -> [InvoiceRecord] {
        guard let month else { return try invoices("1", []) }
        return try invoices("month = ?", [month.description])
    }

    /// What the next document of the site would continue now.
    package func sequence(_ year: Int) throws(CatalogError) -> InvoiceSequence {
        try read { try .next($0, year: year) }
    }

    /// The credit and debit notes over an invoice, in the order of their issue.
    package func notes(on invoice: Int64) throws(CatalogError) -> [InvoiceRecord] {
        try invoices("credits = ?", [invoice])
    }

    private func invoices(_ condition: String, _ arguments: StatementArguments) throws(CatalogError) -> [InvoiceRecord]
    {
        try read { try Self.invoices($0, condition, arguments) }
    }

    static func invoices(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [InvoiceRecord] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM invoice WHERE \(condition) ORDER BY id", arguments: arguments
        ).map { try InvoiceRecord($0) }
    }

    /// Writes a document with its lines, and asks for its files to be published.
    ///
    /// - Parameter ledger: The last event that was on an invoice before, and the last one now.
    @discardableResult
    static func insert(
        _ database: Database, _ new: NewInvoice, party: Int64, month: BillingMonth, ledger: (from: Int64, head: Int64),
        credits: Int64? = nil, cause: String? = nil, at: String
    ) throws -> Int64 {
        let invoice = new.invoice
        guard let number = invoice.number else { throw CatalogError.database("a draft is not issued") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try database.execute(
            kept: """
                INSERT INTO invoice (number, kind, party_id, month, issued_at, currency, net, tax, total, credits, cause,
                    ledger_from, ledger_head, digest, content, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                number, invoice.kind.rawValue, party, month.description, invoice.issuedAt.text, invoice.currency.code,
                invoice.net.minorUnits, try invoice.taxTotal().minorUnits, invoice.total.minorUnits, credits, cause,
                ledger.from, ledger.head, Data(SHA256.digest(of: new.document).bytes), try encoder.encode(invoice),
                Data(new.document),
            ])
        let id = database.lastInsertedRowID
        try insertLines(database, new, id: id, party: party)
        for file in new.files {
            let publication = Publication(
                party: file.party, kind: "invoices", name: file.name, subject: .invoice, subjectID: id)
            try publish(database, publication, isNewContent: false, at: at)
        }
        return id
    }

    private static func insertLines(_ database: Database, _ new: NewInvoice, id: Int64, party: Int64) throws {
        let calendar = try UsageSums.account(database, party: party).calendar
        for (line, source) in zip(new.invoice.lines, new.sources) {
            try database.execute(
                kept: """
                    INSERT INTO invoice_line (invoice_id, number, kind, amount, credits, source, from_seconds, to_seconds)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id, line.number, line.kind.rawValue, line.amount.minorUnits, line.creditsLine, source.text,
                    calendar.start(ofDay: line.service.from.number), calendar.start(ofDay: line.service.to.number),
                ])
        }
    }
}
