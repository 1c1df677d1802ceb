// TaxSubtotal owns the tax of one category and rate: on what, how much, and why not where there is none.
//
// Invariant: amount is base times rate, rounded once; there is one subtotal for each category and rate of the lines.

/// A tax category by its code.
///
/// - Source: UN/EDIFACT code list 5305.
package enum TaxCategory: String, Codable, Hashable, Sendable, CaseIterable {
    case standard = "S"
    case reduced = "AA"
    case zeroRated = "Z"
    case exempt = "E"
    case reverseCharge = "AE"
    case intraCommunity = "K"
    case export = "G"
    case outside = "O"

    /// Whether an invoice must say why there is no tax.
    ///
    /// - Source: EN 16931-1, BR-E-10, BR-AE-10, BR-IC-10, BR-G-10, BR-O-10.
    package var needsReason: Bool {
        switch self {
        case .standard, .reduced, .zeroRated: false
        case .exempt, .reverseCharge, .intraCommunity, .export, .outside: true
        }
    }

    /// What an invoice says where its price list gives no reason; nil where none is needed.
    package var usualReason: String? {
        switch self {
        case .standard, .reduced, .zeroRated: nil
        case .exempt: "Exempt from value added tax"
        case .reverseCharge: "Reverse charge: the receiver owes the tax"
        case .intraCommunity: "Supply within the European Union"
        case .export: "Export"
        case .outside: "Not subject to value added tax"
        }
    }
}

/// The tax on all lines of one category and rate.
package struct TaxSubtotal: Codable, Hashable, Sendable {
    package let category: TaxCategory
    /// `20`; `0` where the category carries none.
    package let percent: Price
    /// The sum of its lines.
    package let base: Money
    package let amount: Money
    /// Why there is no tax, as the price list says it; nil leaves the usual words of the category.
    package let reason: String?

    package init(category: TaxCategory, percent: Price, base: Money, amount: Money, reason: String? = nil) {
        self.category = category
        self.percent = percent
        self.base = base
        self.amount = amount
        self.reason = reason
    }

    /// What the document says of it; nil for a tax that is due.
    package var shownReason: String? { category.needsReason ? reason ?? category.usualReason : nil }
}
