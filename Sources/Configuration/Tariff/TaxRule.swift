// The tax on what a price list charges.
//
// Owns the `tax` block. Invariant: a category that carries no tax has 0 percent. Codes are those of UNCL 5305.

/// Category and rate of value added tax.
package struct TaxRule: Sendable, Equatable {
    package let category: TaxCategory
    /// 20 for 20%.
    package let percent: ExactDecimal
    /// Why there is no tax, as the invoice says it; nil leaves the usual sentence of the category.
    package let reason: String?

    static let none = TaxRule(category: .outside, percent: ExactDecimal(0), reason: nil)

    static func decode(_ field: Field) -> TaxRule? {
        KeyedReader.block(field) { reader in
            let category = reader.required("category", Decode.word(TaxCategory.self), else: .outside)
            let rule = TaxRule(
                category: category,
                percent: category.isTaxed
                    ? reader.required("percent", percent, else: ExactDecimal(0))
                    : reader.value("percent", percent, default: ExactDecimal(0)),
                reason: reader.optional("reason", Decode.text))
            if reader.isSound, let given = reader.given("percent"), category.isTaxed == (rule.percent.unscaled == 0) {
                let wanted = category.isTaxed ? "a rate above 0" : "\"0\", or no rate"
                given.fail("the category \(category.rawValue) goes with \(wanted), and here stands \(given.shown)")
            }
            return rule
        }
    }

    private static var percent: (Field) -> ExactDecimal? {
        Decode.decimal("a rate from 0 to 100", example: "\"20\"") {
            $0.unscaled >= 0 && $0 <= ExactDecimal(100)
        }
    }
}

/// A tax category by its code.
package enum TaxCategory: String, CaseIterable, Sendable {
    case standard = "S"
    case reduced = "AA"
    case zeroRated = "Z"
    case exempt = "E"
    case reverseCharge = "AE"
    case intraCommunity = "K"
    case export = "G"
    case outside = "O"

    /// Whether it carries tax.
    package var isTaxed: Bool { self == .standard || self == .reduced }
}
