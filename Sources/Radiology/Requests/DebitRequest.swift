// DebitRequest owns the office's order for a debit note: what an invoice left out, or gave back wrongly, is charged.
//
// Pure. Whether there are such lines is known to the ledger alone.

/// The management office's `debit`.
package struct DebitRequest: Hashable, Sendable {
    /// What is charged.
    package enum Charge: Hashable, Sendable {
        /// Lines that were credited: numbers from 1, ascending, each once; nil for all that were.
        case again([Int]?)
        /// Amounts besides, in the order in which they are to stand.
        case more([Addition])
    }

    /// An amount that a line of the invoice left out.
    package struct Addition: Hashable, Sendable {
        /// The line whose kind, tax and days it has, from 1.
        package let line: Int
        /// A decimal above 0, net of tax: `12.50`.
        package let amount: String
        /// What it is for; nil when the reason says it all.
        package let description: String?

        package init(line: Int, amount: String, description: String? = nil) {
            self.line = line
            self.amount = amount
            self.description = description
        }
    }

    package let id: String
    /// An invoice's number, `2026-000012`.
    package let invoice: String
    package let charge: Charge
    package let reason: String

    package init(id: String, invoice: String, charge: Charge, reason: String) {
        self.id = id
        self.invoice = invoice
        self.charge = charge
        self.reason = reason
    }
}
