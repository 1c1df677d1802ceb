// InvoiceEvent owns one event behind a line of a document, as the file of single events shows it.
//
// Pure. There may be millions: they are written one by one and never held together.

package import Radiology

/// A metered use and the line that bills it.
package struct InvoiceEvent: Hashable, Sendable {
    /// The line's number in its document.
    package let line: Int
    /// The id of the usage event.
    package let id: String
    package let kind: UsageEvent.Kind
    /// When it happened.
    package let at: Instant
    /// From when to when it counts in this document; nil for what happens at once.
    package let from: Instant?
    package let to: Instant?
    /// The key of an exam; nil for a use that is of none.
    package let exam: String?
    package let request: String?
    package let purpose: String?
    /// The storage tier or the rented thing; nil for others.
    package let item: String?
    /// The id of the drop that brought it; nil for none.
    package let drop: String?
    package let byteCount: Int64?
    package let quantity: Quantity
    package let unit: String
    package let unitPrice: Price?
    /// What it is charged, before the line is rounded, in the document's currency; nil where a single event has no
    /// charge of its own, as under graduated prices.
    package let charged: Quantity?
    /// What of it is not charged.
    package let waived: Quantity?
    package let explanation: String?

    package init(
        line: Int, id: String, kind: UsageEvent.Kind, at: Instant, from: Instant? = nil, to: Instant? = nil,
        exam: String? = nil, request: String? = nil, purpose: String? = nil, item: String? = nil, drop: String? = nil,
        byteCount: Int64? = nil, quantity: Quantity, unit: String, unitPrice: Price? = nil, charged: Quantity? = nil,
        waived: Quantity? = nil, explanation: String? = nil
    ) {
        self.line = line
        self.id = id
        self.kind = kind
        self.at = at
        self.from = from
        self.to = to
        self.exam = exam
        self.request = request
        self.purpose = purpose
        self.item = item
        self.drop = drop
        self.byteCount = byteCount
        self.quantity = quantity
        self.unit = unit
        self.unitPrice = unitPrice
        self.charged = charged
        self.waived = waived
        self.explanation = explanation
    }
}
