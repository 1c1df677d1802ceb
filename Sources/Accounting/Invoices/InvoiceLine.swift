// InvoiceLine owns one line of a document: what was used, how much of it, at which price, and what that makes.
//
// Invariants: amount is what was metered times the price, rounded once, less the discount. Quantity times unit price gives
// the amount before the discount, but for the rounding of the printed quantity. A unit price is never below 0: a line that
// takes off has a negative quantity. Lines count from 1.

/// A line.
package struct InvoiceLine: Codable, Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let kind: UsageEvent.Kind
    package let description: String
    package let quantity: Quantity
    /// `GB-month`, `day`, `month`, `exam`.
    package let unit: String
    package let unitPrice: Price
    /// What is taken off quantity times price; nil for nothing.
    package let discount: InvoiceDiscount?
    /// What the line adds to net.
    package let amount: Money
    package let taxCategory: TaxCategory
    /// Per cent: `20`.
    package let taxPercent: Price
    package let service: ServicePeriod
    /// How many events are behind it.
    package let eventCount: Int
    /// The number of the line that this one credits, in the invoice that its document names; nil elsewhere.
    package let creditsLine: Int?

    package init(
        number: Int, kind: UsageEvent.Kind, description: String, quantity: Quantity, unit: String, unitPrice: Price,
        discount: InvoiceDiscount? = nil, amount: Money, taxCategory: TaxCategory, taxPercent: Price,
        service: ServicePeriod, eventCount: Int, creditsLine: Int? = nil
    ) {
        self.number = number
        self.kind = kind
        self.description = description
        self.quantity = quantity
        self.unit = unit
        self.unitPrice = unitPrice
        self.discount = discount
        self.amount = amount
        self.taxCategory = taxCategory
        self.taxPercent = taxPercent
        self.service = service
        self.eventCount = eventCount
        self.creditsLine = creditsLine
    }
}

/// What a line is reduced by.
package struct InvoiceDiscount: Codable, Hashable, Sendable {
    /// Above 0.
    package let amount: Money
    /// For people: `10 % by contract`, `waived`.
    package let reason: String

    package init(amount: Money, reason: String) {
        self.amount = amount
        self.reason = reason
    }
}
