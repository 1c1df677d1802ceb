// MonthSummary owns what a month came to, by facility and kind of charge.
//
// Pure. It counts the documents that are for the month; credit notes count against what they credit. Sums are exact.

/// What was invoiced for a month.
package struct MonthSummary: Hashable, Sendable {
    /// One facility.
    package struct Row: Hashable, Sendable {
        package let facility: String
        /// As its newest document names it.
        package let name: String
        /// By kind, without those that came to nothing.
        package let byKind: [UsageEvent.Kind: Money]
        package let net: Money
        package let total: Money

        /// What of the total is tax.
        package var tax: Money { Money(minorUnits: total.minorUnits - net.minorUnits, currency: net.currency) }
    }

    package let month: BillingMonth
    package let currency: Currency
    /// Numbers, in the order of issue.
    package let documents: [String]
    /// By id.
    package let rows: [Row]
    package let net: Money
    package let total: Money

    /// - Parameter invoices: Documents of any months, in the order of issue; drafts are left out.
    /// - Throws: `.tooLarge`, `.mixedCurrencies`.
    package init(month: BillingMonth, currency: Currency, invoices: [Invoice]) throws(AccountingError) {
        let own = invoices.filter { !$0.isDraft && BillingMonth(ofDay: $0.period.from.number) == month }
        var rows: [Row] = []
        for facility in Set(own.map(\.facility)).sorted() {
            rows.append(try Self.row(facility, own.filter { $0.facility == facility }, currency))
        }
        var (net, total) = (Money.zero(currency), Money.zero(currency))
        for row in rows { (net, total) = (try net.adding(row.net), try total.adding(row.total)) }
        self.month = month
        self.currency = currency
        documents = own.compactMap(\.number)
        self.rows = rows
        self.net = net
        self.total = total
    }

    /// Kinds that any facility has.
    package var kinds: [UsageEvent.Kind] {
        UsageEvent.Kind.allCases.filter { kind in rows.contains { $0.byKind[kind] != nil } }
    }

    private static func row(
        _ facility: String, _ invoices: [Invoice], _ currency: Currency
    ) throws(AccountingError) -> Row {
        var (net, total) = (Money.zero(currency), Money.zero(currency))
        var byKind: [UsageEvent.Kind: Money] = [:]
        for invoice in invoices {
            func counted(_ money: Money) -> Money { invoice.kind == .creditNote ? money.negated : money }
            net = try net.adding(counted(invoice.net))
            total = try total.adding(counted(invoice.total))
            for line in invoice.lines {
                byKind[line.kind] = try (byKind[line.kind] ?? .zero(currency)).adding(counted(line.amount))
            }
        }
        return Row(
            facility: facility, name: invoices.last?.buyer.name ?? facility,
            byKind: byKind.filter { $0.value.minorUnits != 0 }, net: net, total: total)
    }
}
