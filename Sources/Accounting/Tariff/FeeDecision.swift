// FeeDecision owns what a delivery costs and why.
//
// Pure.

/// The answer to what a delivery costs.
package enum FeeDecision: Hashable, Sendable {
    case fee(Fee)
    /// Nothing says what it costs: it is delivered, and cannot be invoiced. The text says why.
    case unpriced(String)

    /// A fee that a price list gives.
    package struct Fee: Hashable, Sendable {
        package let dataFee: DataFee
        /// The first day of its price list.
        package let priceListEffective: BillingDay
        /// What it costs by the list.
        package let metered: Money
        /// What of it is not charged.
        package let waived: Money
        /// For people: which list, which fee, and why that one.
        package let explanation: String

        /// What is charged.
        package var charged: Money {
            Money(minorUnits: metered.minorUnits - waived.minorUnits, currency: metered.currency)
        }
    }
}
