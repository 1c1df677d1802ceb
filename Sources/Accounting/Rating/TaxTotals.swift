// TaxTotals owns the sums of a document: net, tax for each category, total.
//
// Pure. Tax is rounded once for each category and rate (contract, section 6).

/// Tax of one category and rate.
package struct TaxTotal: Hashable, Sendable {
    package let tax: MonthlyTerms.Tax
    package let base: Money
    package let amount: Money
}

/// The sums over lines.
package struct TaxTotals: Hashable, Sendable {
    package let net: Money
    /// By category and rate.
    package let taxes: [TaxTotal]
    package let total: Money

    package init(_ lines: [(amount: Money, tax: MonthlyTerms.Tax)], in currency: Currency) throws(AccountingError) {
        var net = Money.zero(currency)
        var bases: [MonthlyTerms.Tax: Money] = [:]
        for line in lines {
            net = try net.adding(line.amount)
            bases[line.tax] = try (bases[line.tax] ?? .zero(currency)).adding(line.amount)
        }
        var taxes: [TaxTotal] = []
        for (tax, base) in bases.sorted(by: { Self.order($0.key) < Self.order($1.key) }) {
            taxes.append(TaxTotal(tax: tax, base: base, amount: try Self.amount(of: tax, on: base)))
        }
        var total = net
        for tax in taxes { total = try total.adding(tax.amount) }
        self.net = net
        self.taxes = taxes
        self.total = total
    }

    /// The tax on a base.
    package static func amount(of tax: MonthlyTerms.Tax, on base: Money) throws(AccountingError) -> Money {
        try ExactRatio(Int128(base.minorUnits), over: ExactRatio.powerOfTen(base.currency.exponent))
            .times(ExactRatio(tax.percent)).times(ExactRatio(1, over: 100)).money(in: base.currency)
    }

    private static func order(_ tax: MonthlyTerms.Tax) -> (String, String, String) {
        (tax.category.rawValue, tax.percent.description, tax.reason ?? "")
    }
}
