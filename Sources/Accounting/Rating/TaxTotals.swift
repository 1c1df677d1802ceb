// TaxTotals owns the sums of a document: net, tax for each category, total.
//
// Pure. Tax is rounded once for each category and rate (contract, section 6). Where price lists of one document give several
// reasons for there being no tax, it has them all: a category and rate stands once (EN 16931-1, BR-E-01 and its like).

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
        var groups: [Rate: (base: Money, reasons: [String])] = [:]
        for line in lines {
            net = try net.adding(line.amount)
            let rate = Rate(category: line.tax.category, percent: line.tax.percent)
            var group = groups[rate] ?? (.zero(currency), [])
            group.base = try group.base.adding(line.amount)
            if let reason = line.tax.reason, !group.reasons.contains(reason) { group.reasons.append(reason) }
            groups[rate] = group
        }
        var taxes: [TaxTotal] = []
        for (rate, group) in groups.sorted(by: { $0.key.order < $1.key.order }) {
            let reason = group.reasons.isEmpty ? nil : group.reasons.joined(separator: "; ")
            let tax = MonthlyTerms.Tax(category: rate.category, percent: rate.percent, reason: reason)
            taxes.append(TaxTotal(tax: tax, base: group.base, amount: try Self.amount(of: tax, on: group.base)))
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

    private struct Rate: Hashable {
        let category: TaxCategory
        let percent: Price

        var order: (String, String) { (category.rawValue, percent.description) }
    }
}
