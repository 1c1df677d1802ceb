// Debiting owns how lines that were given back are charged again, how what an invoice left out is charged, and when not.
//
// Invariants: only what was given back is charged again, and a line that was, can be given back once more; invoice less credit
// notes plus debit notes is what is owed, tax included. An amount besides has the kind, the tax and the days of the line that
// it is for, and names no line of the invoice as `creditsLine`: its note is credited by itself.

package import Radiology

/// Makes debit notes over one invoice.
package struct Debiting: Sendable {
    private let invoice: Invoice
    /// Lines that are given back.
    private let credited: Set<Int>

    package init(of invoice: Invoice, credited: Set<Int>) {
        self.invoice = invoice
        self.credited = credited
    }

    /// The lines that are charged again.
    ///
    /// - Parameter wanted: From 1; nil for all that are given back.
    /// - Throws: `Crediting.Refused`, or `AccountingError`.
    package func lines(_ wanted: [Int]?) throws -> [Int] {
        let number = invoice.number ?? ""
        try requireInvoice()
        for line in wanted ?? [] where !credited.contains(line) {
            try requireLine(line)
            throw Crediting.Refused(
                description: "line \(line) of \(number) was not credited; to charge more for it, name an amount:"
                    + " {\"line\": \(line), \"amount\": \"12.50\"}")
        }
        let lines = wanted ?? credited.sorted()
        guard !lines.isEmpty else {
            throw Crediting.Refused(
                description: "nothing of \(number) was credited; to charge more, name lines and amounts")
        }
        let sums = NoteSums(invoice)
        let (sum, left) = (try sums.net(lines), try sums.net(Array(credited.subtracting(lines))))
        guard sum.minorUnits >= 0, left.minorUnits >= 0, left.minorUnits <= invoice.net.minorUnits else {
            throw Crediting.Refused(
                description: "lines \(lines) of \(number) come to \(sum), and \(left) would stay credited of"
                    + " \(invoice.net): charge its discounts again with them")
        }
        return lines.sorted()
    }

    /// The debit note over some lines that were given back.
    ///
    /// - Parameter wanted: As `lines` takes them.
    package func note(again wanted: [Int]?, head: NoteHead) throws -> Invoice {
        let numbers = try lines(wanted)
        let sums = NoteSums(invoice)
        let tax = try sums.tax(on: numbers, besides: Array(credited.subtracting(numbers)))
        let lines = invoice.lines.filter { numbers.contains($0.number) }
        return try note(
            lines.enumerated().map { NoteSums.line($1, number: $0 + 1) }, tax: tax, net: try sums.net(numbers), head)
    }

    /// The debit note over amounts besides.
    ///
    /// - Throws: `Crediting.Refused`, or `AccountingError`.
    package func note(more additions: [DebitRequest.Addition], head: NoteHead) throws -> Invoice {
        try requireInvoice()
        let lines = try additions.enumerated().map { try line($1, number: $0 + 1) }
        let totals = try TaxTotals(
            lines.map { line in
                let reason = invoice.tax.first {
                    $0.category == line.taxCategory && $0.percent == line.taxPercent
                }?.reason
                return (
                    line.amount,
                    MonthlyTerms.Tax(category: line.taxCategory, percent: line.taxPercent, reason: reason)
                )
            }, in: invoice.currency)
        let tax = totals.taxes.map {
            TaxSubtotal(
                category: $0.tax.category, percent: $0.tax.percent, base: $0.base, amount: $0.amount,
                reason: $0.tax.reason)
        }
        return try note(lines, tax: tax, net: totals.net, head)
    }

    private func line(_ addition: DebitRequest.Addition, number: Int) throws -> InvoiceLine {
        let line = try requireLine(addition.line)
        guard let price = Price(addition.amount), case let amount = try price.amount(in: invoice.currency),
            amount.minorUnits > 0, Price(amount.text)?.isEqual(price) == true
        else {
            throw Crediting.Refused(
                description: "\(addition.amount) is no amount in \(invoice.currency); write it as"
                    + " \(Money(minorUnits: 1250, currency: invoice.currency).text)")
        }
        return InvoiceLine(
            number: number, kind: line.kind,
            description: addition.description ?? "Besides line \(line.number): \(line.description)",
            quantity: Quantity(1), unit: "piece", unitPrice: price, amount: amount, taxCategory: line.taxCategory,
            taxPercent: line.taxPercent, service: line.service, eventCount: 0)
    }

    private func note(
        _ lines: [InvoiceLine], tax: [TaxSubtotal], net: Money, _ head: NoteHead
    ) throws(AccountingError) -> Invoice {
        var total = net
        for subtotal in tax { total = try total.adding(subtotal.amount) }
        return Invoice(
            kind: .debitNote, number: head.number, facility: invoice.facility, period: invoice.period,
            issuedAt: head.issuedAt, dueOn: head.dueOn, currency: invoice.currency, seller: invoice.seller,
            buyer: invoice.buyer, buyerReference: invoice.buyerReference, payment: invoice.payment, lines: lines,
            tax: tax, net: net, total: total, previousDigest: head.previousDigest,
            credits: InvoiceReference(number: invoice.number ?? "", issuedOn: invoice.issuedOn), reason: head.reason)
    }

    private func requireInvoice() throws {
        guard invoice.kind == .invoice else {
            throw Crediting.Refused(description: "\(invoice.number ?? "") is a note, not an invoice")
        }
    }

    @discardableResult
    private func requireLine(_ number: Int) throws -> InvoiceLine {
        guard let line = invoice.lines.first(where: { $0.number == number }) else {
            throw Crediting.Refused(
                description: "\(invoice.number ?? "") has no line \(number); it has \(invoice.lines.count)")
        }
        return line
    }
}

/// What a debit note says besides its lines.
package struct NoteHead: Sendable {
    package let number: String
    package let issuedAt: Instant
    package let dueOn: BillingDay
    /// As in `Invoice`.
    package let previousDigest: String?
    package let reason: String

    package init(number: String, issuedAt: Instant, dueOn: BillingDay, previousDigest: String?, reason: String) {
        self.number = number
        self.issuedAt = issuedAt
        self.dueOn = dueOn
        self.previousDigest = previousDigest
        self.reason = reason
    }
}
