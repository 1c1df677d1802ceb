// Crediting owns how an invoice or some of its lines are given back, and when not.
//
// Invariants: a line is given back once; no more is given back than was charged; the notes over all lines come to the invoice,
// tax included: each note's tax is what the tax on all that is given back grew by.

package import Radiology

/// Makes credit notes over one invoice.
package struct Crediting: Sendable {
    /// Why there is no note.
    package struct Refused: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    private let invoice: Invoice
    /// Lines that were given back before.
    private let credited: Set<Int>

    package init(of invoice: Invoice, credited: Set<Int>) {
        self.invoice = invoice
        self.credited = credited
    }

    /// The lines that are given back.
    ///
    /// - Parameter wanted: From 1; nil for all that are left.
    /// - Throws: `Refused`, or `AccountingError`.
    package func lines(_ wanted: [Int]?) throws -> [Int] {
        let number = invoice.number ?? ""
        guard invoice.kind != .creditNote else {
            throw Refused(description: "\(number) is a credit note, not an invoice")
        }
        guard !invoice.lines.contains(where: { $0.creditsLine != nil }) else {
            let charged = invoice.credits?.number ?? ""
            throw Refused(description: "\(number) charges lines of \(charged) again: credit them there")
        }
        if let absent = wanted?.first(where: { line in !invoice.lines.contains { $0.number == line } }) {
            throw Refused(description: "\(number) has no line \(absent); it has \(invoice.lines.count)")
        }
        if let twice = wanted?.first(where: credited.contains) {
            throw Refused(description: "line \(twice) of \(number) was credited before")
        }
        let lines = wanted ?? invoice.lines.map(\.number).filter { !credited.contains($0) }
        guard !lines.isEmpty else { throw Refused(description: "all of \(number) was credited before") }
        let sum = try net(lines)
        // An invoice that gives more than it charges is taken back whole, so that nothing is left of it.
        guard sum.minorUnits >= 0 || lines.count + credited.count == invoice.lines.count else {
            throw Refused(description: "lines \(lines) of \(number) come to \(sum), which gives nothing back")
        }
        guard try net(Array(credited) + lines).minorUnits <= invoice.net.minorUnits else {
            throw Refused(
                description:
                    "lines \(lines) of \(number) are more than its net of \(invoice.net): credit its discounts with them"
            )
        }
        return lines.sorted()
    }

    /// The credit note over some lines.
    ///
    /// - Parameter wanted: As `lines` takes them.
    package func note(
        _ wanted: [Int]?, number: String, issuedAt: Instant, previousDigest: String?, reason: String?
    ) throws -> Invoice {
        let numbers = try lines(wanted)
        let given = invoice.lines.filter { numbers.contains($0.number) }
        let sums = NoteSums(invoice)
        let net = try net(numbers)
        let tax = try sums.tax(on: numbers, besides: Array(credited))
        let total = try tax.reduce(net) { try $0.adding($1.amount) }
        return Invoice(
            kind: .creditNote, number: number, facility: invoice.facility, period: invoice.period, issuedAt: issuedAt,
            dueOn: nil, currency: invoice.currency, seller: invoice.seller, buyer: invoice.buyer,
            buyerReference: invoice.buyerReference, payment: invoice.payment,
            lines: given.enumerated().map { NoteSums.line($1, number: $0 + 1) }, tax: tax, net: net, total: total,
            previousDigest: previousDigest,
            credits: InvoiceReference(number: invoice.number ?? "", issuedOn: invoice.issuedOn), reason: reason)
    }

    private func net(_ numbers: [Int]) throws(AccountingError) -> Money { try NoteSums(invoice).net(numbers) }
}
