// NoteJudge owns whether an office's order to credit an invoice, or to charge more on it, is followed, and what it causes.
//
// Reads the catalogue, writes nothing: the note is made and numbered in the transaction of the drop.

internal import Accounting
internal import Catalog
internal import Configuration
internal import Interchange
internal import Radiology

struct NoteJudge {
    let site: SiteContext
    /// What those before it in the same drop cause.
    let earlier: [ItemEffect]

    /// What a note is made from, before its number is known.
    private struct Basis {
        let record: InvoiceRecord
        let assembly: InvoiceAssembly
        let issuedAt: Instant
        /// Lines that are given back, by what was dropped before.
        let credited: Set<Int>

        var year: Int { issuedAt.local.year }
    }

    /// - Throws: `Crediting.Refused`, with the reason for the receipt.
    func effect(of order: CreditRequest) throws -> ItemEffect {
        let basis = try basis(order.invoice)
        let lines = try Crediting(of: basis.record.invoice, credited: basis.credited).lines(order.lines)
        let note = NewNote(invoice: basis.record.id, credits: lines, year: basis.year) { facts in
            let number = facts.sequence.number(year: basis.year, kind: .creditNote)
            let note = try Crediting(of: facts.invoice, credited: facts.credited).note(
                lines, number: number, issuedAt: basis.issuedAt, previousDigest: facts.sequence.previousDigest,
                reason: order.reason)
            return NewInvoice(
                invoice: note, document: InvoiceJSON.bytes(note), sources: note.lines.map { _ in .sum },
                files: basis.assembly.files(number: number))
        }
        return .note(note)
    }

    /// - Throws: `Crediting.Refused`, with the reason for the receipt.
    func effect(of order: DebitRequest) throws -> ItemEffect {
        let basis = try basis(order.invoice)
        let lines = try Self.linesAgain(order, Debiting(of: basis.record.invoice, credited: basis.credited))
        let make = { @Sendable (facts: NewNote.Facts) throws -> NewInvoice in
            let head = NoteHead(
                number: facts.sequence.number(year: basis.year, kind: .debitNote), issuedAt: basis.issuedAt,
                dueOn: basis.assembly.dueOn(basis.issuedAt), previousDigest: facts.sequence.previousDigest,
                reason: order.reason)
            let note = try Self.note(order, Debiting(of: facts.invoice, credited: facts.credited), lines, head)
            return NewInvoice(
                invoice: note, document: InvoiceJSON.bytes(note), sources: Self.sources(order, note),
                files: basis.assembly.files(number: head.number))
        }
        // What cannot be made is said in the receipt, before anything is written.
        let facts = NewNote.Facts(
            invoice: basis.record.invoice, credited: basis.credited, sequence: try site.catalog.sequence(basis.year))
        _ = try make(facts)
        return .note(NewNote(invoice: basis.record.id, charges: lines, year: basis.year, make: make))
    }

    private func basis(_ number: String) throws -> Basis {
        guard let record = try site.catalog.invoice(number: number) else {
            throw Crediting.Refused(description: "there is no invoice \(number)")
        }
        guard let facility = site.configuration.facility(record.invoice.facility) else {
            throw Crediting.Refused(description: "\(record.invoice.facility) is no facility of parties.yaml any more")
        }
        var credited = try site.catalog.creditedLines(ofInvoice: record.id)
        for case .note(let other) in earlier where other.invoice == record.id {
            credited = credited.union(other.credits).subtracting(other.charges)
        }
        return Basis(
            record: record, assembly: InvoiceAssembly(configuration: site.configuration, facility: facility),
            issuedAt: try site.issueTime(), credited: credited)
    }

    /// The lines that an order charges again.
    private static func linesAgain(_ order: DebitRequest, _ debiting: Debiting) throws -> [Int] {
        switch order.charge {
        case .again(let wanted): try debiting.lines(wanted)
        case .more: []
        }
    }

    private static func note(
        _ order: DebitRequest, _ debiting: Debiting, _ lines: [Int], _ head: NoteHead
    ) throws -> Invoice {
        switch order.charge {
        case .again: try debiting.note(again: lines, head: head)
        case .more(let additions): try debiting.note(more: additions, head: head)
        }
    }

    /// An amount besides leads to the line that it is for.
    private static func sources(_ order: DebitRequest, _ note: Invoice) -> [LineSource] {
        switch order.charge {
        case .again: note.lines.map { _ in .sum }
        case .more(let additions): additions.map { .addition(line: $0.line) }
        }
    }
}
