// UsageEvent owns one use that was metered: what, by whom, when, for how much.
//
// Invariant: a fact, never changed. Amounts of events are metered = charged + waived, and 0 <= waived <= metered; the unit
// price is kept beside them, because an invoice line is rounded once over all its events.

package import Radiology

/// A metered use.
package struct UsageEvent: Hashable, Sendable {
    /// The kinds of invoice line.
    ///
    /// - Source: Contract, section 5.
    package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
        case storage, rent, dataFee, minimum, late, adjustment
    }

    /// What names it for good: the same use has the same id, so that it is metered once.
    package let id: String
    package let kind: Kind
    /// The id of the party that pays.
    package let party: String
    package let at: Instant
    /// The key of an exam; nil for a use that is of none.
    package let exam: String?
    /// The id of the request that caused it; nil for none.
    package let request: String?
    /// The id of a purpose; nil for none.
    package let purpose: String?
    package let unitPrice: Price
    package let unitCount: Int64
    package let metered: Money
    package let waived: Money
    /// For people: what it is the price of, such as `modality MG, purpose treatment`.
    package let description: String
    /// For people: by which list and rule.
    package let explanation: String

    /// The use of one delivered exam.
    ///
    /// - Parameter id: Made from what names the delivery, such as party, request and exam.
    package init(
        dataFee fee: FeeDecision.Fee, id: String, party: String, at: Instant, exam: String, request: String,
        purpose: String
    ) {
        self.id = id
        kind = .dataFee
        self.party = party
        self.at = at
        self.exam = exam
        self.request = request
        self.purpose = purpose
        unitPrice = fee.dataFee.fee
        unitCount = 1
        metered = fee.metered
        waived = fee.waived
        description = fee.dataFee.conditionText
        explanation = fee.explanation
    }

    package var charged: Money { Money(minorUnits: metered.minorUnits - waived.minorUnits, currency: metered.currency) }
}
