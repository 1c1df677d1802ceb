// CreditJudge owns whether an office's order to credit an invoice is followed, and what it causes.
//
// Reads the catalogue, writes nothing: the note is made and numbered in the transaction of the drop.

internal import Accounting
internal import Catalog
internal import Configuration
internal import Interchange
internal import Radiology

struct CreditJudge {
    let site: SiteContext

    /// - Parameter earlier: What those before it in the same drop cause.
    /// - Throws: `Crediting.Refused`, with the reason for the receipt.
    func effect(of order: CreditRequest, earlier: [ItemEffect]) throws -> ItemEffect {
        guard let record = try site.catalog.invoice(number: order.invoice) else {
            throw Crediting.Refused(description: "there is no invoice \(order.invoice)")
        }
        guard let facility = site.configuration.facility(record.invoice.facility) else {
            throw Crediting.Refused(description: "\(record.invoice.facility) is no facility of parties.yaml any more")
        }
        let issuedAt = try site.issueTime()
        let pending = earlier.flatMap { effect in
            if case .credit(let other) = effect, other.invoice == record.id { return other.lines }
            return []
        }
        let credited = try site.catalog.creditedLines(ofInvoice: record.id).union(pending)
        let lines = try Crediting(of: record.invoice, credited: credited).lines(order.lines)
        let assembly = InvoiceAssembly(configuration: site.configuration, facility: facility)
        let year = issuedAt.local.year
        let credit = NewCredit(invoice: record.id, lines: lines, year: year) { facts in
            let number = facts.sequence.number(year: year, isNote: true)
            let note = try Crediting(of: facts.invoice, credited: facts.credited).note(
                lines, number: number, issuedAt: issuedAt, previousDigest: facts.sequence.previousDigest,
                reason: order.reason)
            return NewInvoice(
                invoice: note, document: InvoiceJSON.bytes(note), sources: note.lines.map { _ in .sum },
                files: assembly.files(number: number))
        }
        return .credit(credit)
    }
}
