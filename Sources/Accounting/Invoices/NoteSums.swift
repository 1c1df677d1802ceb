// NoteSums owns what some lines of an invoice come to on a note, and how they stand on it.
//
// Pure. Tax is what the tax on all that is given back grows by with these lines: so that the notes over all lines come to the
// invoice, and a line that is given back and charged again leaves nothing, whatever came between.

struct NoteSums {
    private let invoice: Invoice

    init(_ invoice: Invoice) {
        self.invoice = invoice
    }

    func net(_ numbers: [Int]) throws(AccountingError) -> Money {
        var sum = Money.zero(invoice.currency)
        for line in invoice.lines where numbers.contains(line.number) { sum = try sum.adding(line.amount) }
        return sum
    }

    /// The taxes on some lines.
    ///
    /// - Parameter besides: Lines that are given back without them.
    func tax(on numbers: [Int], besides: [Int]) throws(AccountingError) -> [TaxSubtotal] {
        var subtotals: [TaxSubtotal] = []
        for subtotal in invoice.tax {
            let own = invoice.lines.filter { $0.taxCategory == subtotal.category && $0.taxPercent == subtotal.percent }
            let mine = own.map(\.number).filter(numbers.contains)
            guard !mine.isEmpty else { continue }
            let others = own.map(\.number).filter(besides.contains)
            let tax = MonthlyTerms.Tax(category: subtotal.category, percent: subtotal.percent, reason: subtotal.reason)
            let with = try TaxTotals.amount(of: tax, on: try net(others + mine))
            let without = try TaxTotals.amount(of: tax, on: try net(others))
            subtotals.append(
                TaxSubtotal(
                    category: subtotal.category, percent: subtotal.percent, base: try net(mine),
                    amount: try with.subtracting(without), reason: subtotal.reason))
        }
        return subtotals
    }

    static func line(_ line: InvoiceLine, number: Int) -> InvoiceLine {
        InvoiceLine(
            number: number, kind: line.kind, description: line.description, quantity: line.quantity, unit: line.unit,
            unitPrice: line.unitPrice, discount: line.discount, amount: line.amount, taxCategory: line.taxCategory,
            taxPercent: line.taxPercent, service: line.service, eventCount: line.eventCount, creditsLine: line.number)
    }
}
