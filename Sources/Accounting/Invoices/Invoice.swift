// Invoice owns an issued document as its receiver gets it: an invoice, a credit note or a debit note, or the draft of the
// running month.
//
// Invariants: net is the sum of the lines, total is net plus the taxes, all in one currency. What is issued never changes:
// everything that the document says is in these values, so that it can be written again to the byte. Amounts of a credit
// note are positive: an invoice minus its full credit note is 0.

package import Radiology

/// A document that asks for money or gives it back.
package struct Invoice: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        case invoice
        /// Gives back what `credits` charged.
        case creditNote
        /// Charges what the invoice that it names left out.
        case debitNote
    }

    package let kind: Kind
    /// `2026-000012`, `2026-C000003`, `2026-D000001`; nil for a draft.
    package let number: String?
    /// The id of the facility that pays.
    package let facility: String
    package let period: InvoicePeriod
    /// For a draft, the time up to which usage is in it.
    package let issuedAt: Instant
    /// The day by which it is to be paid; nil for a draft and for credit notes.
    package let dueOn: BillingDay?
    package let currency: Currency
    package let seller: InvoiceParty
    package let buyer: InvoiceParty
    /// What the buyer wants to see on it: an order, a department; nil where it names none.
    package let buyerReference: String?
    package let payment: PaymentDetails
    package let lines: [InvoiceLine]
    package let tax: [TaxSubtotal]
    package let net: Money
    package let total: Money
    /// SHA-256 of the JSON of the document before it in the series, in hexadecimal digits; nil for the first and for drafts.
    package let previousDigest: String?
    /// The number of the invoice that a credit note credits or a debit note corrects; nil for invoices.
    package let credits: InvoiceReference?
    /// Why a note was written; nil for invoices.
    package let reason: String?

    package init(
        kind: Kind = .invoice, number: String?, facility: String, period: InvoicePeriod, issuedAt: Instant,
        dueOn: BillingDay?, currency: Currency, seller: InvoiceParty, buyer: InvoiceParty,
        buyerReference: String? = nil, payment: PaymentDetails = PaymentDetails(), lines: [InvoiceLine],
        tax: [TaxSubtotal], net: Money, total: Money, previousDigest: String?, credits: InvoiceReference? = nil,
        reason: String? = nil
    ) {
        self.kind = kind
        self.number = number
        self.facility = facility
        self.period = period
        self.issuedAt = issuedAt
        self.dueOn = dueOn
        self.currency = currency
        self.seller = seller
        self.buyer = buyer
        self.buyerReference = buyerReference
        self.payment = payment
        self.lines = lines
        self.tax = tax
        self.net = net
        self.total = total
        self.previousDigest = previousDigest
        self.credits = credits
        self.reason = reason
    }

    package var isDraft: Bool { number == nil }

    /// What its files are called before the dot: its number, or `draft-2026-11`.
    package var fileName: String { number ?? "draft-\(period.from.description.prefix(7))" }

    /// The day of issue where it was written.
    package var issuedOn: BillingDay {
        BillingDay(year: issuedAt.local.year, month: issuedAt.local.month, day: issuedAt.local.day)
    }

    /// The sum of all taxes.
    ///
    /// - Throws: `.tooLarge`.
    package func taxTotal() throws(AccountingError) -> Money { try total.subtracting(net) }
}

/// A document that another one is about.
package struct InvoiceReference: Codable, Hashable, Sendable {
    package let number: String
    /// The day of its issue.
    package let issuedOn: BillingDay

    package init(number: String, issuedOn: BillingDay) {
        self.number = number
        self.issuedOn = issuedOn
    }
}
