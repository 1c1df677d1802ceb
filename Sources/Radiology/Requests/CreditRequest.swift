// CreditRequest owns the office's order for a credit note over an invoice or some of its lines.
//
// Pure. Whether there are such lines is known to the ledger alone.

/// The management office's `credit`.
package struct CreditRequest: Hashable, Sendable {
    package let id: String
    /// The number of an invoice, `2026-000012`, or of a debit note, `2026-D000003`.
    package let invoice: String
    /// Line numbers from 1, ascending, each once; nil for the whole invoice.
    package let lines: [Int]?
    /// nil when none is given.
    package let reason: String?

    package init(id: String, invoice: String, lines: [Int]? = nil, reason: String? = nil) {
        self.id = id
        self.invoice = invoice
        self.lines = lines
        self.reason = reason
    }
}
