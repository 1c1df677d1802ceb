// Tells what is behind invoices and metered uses: an invoice by its lines, a line by its events, an event by its drop and by
// the lines that bill it.
//
// Reads only. Of a line with very many events the first are told, and how many there are.

import Accounting
import Catalog
import Foundation

extension Story {
    /// Events of a line that are told.
    static let lineEventLimit = 1000

    mutating func tell(_ record: InvoiceRecord) throws -> [String: Any] {
        let number = record.invoice.number ?? ""
        add(
            "issued", at: record.invoice.issuedAt.text, name: "issued \(number)",
            ["detail": "\(number), \(record.invoice.total), to \(record.invoice.facility)"])
        let notes = try catalog.notes(on: record.id)
        for note in notes { _ = try tell(note) }
        if let text = record.cause, let id = DropID(text: text), let drop = try catalog.drop(id) {
            _ = try tell(.drop(drop))
        }
        return AccountText.invoice(record, notes: notes)
    }

    mutating func tell(_ line: InvoiceLine, at place: InvoiceLineRecord) throws -> [String: Any] {
        var uses: [UsageRecord] = []
        var count = 0
        try catalog.forEachEvent(of: place) { event in
            count += 1
            if uses.count < Self.lineEventLimit { uses.append(event) }
        }
        var drops: Set<String> = []
        for use in uses {
            addUse(use)
            if drops.insert(use.cause).inserted { try tellCause(use) }
        }
        var opening: Int64?
        if case .storage(let tier) = place.source { opening = try catalog.byteCount(in: tier, before: place) }
        let about = try tellSubject(of: place)
        return AccountText.line(line, of: place.invoiceNumber, events: count, openingByteCount: opening, about: about)
    }

    /// A note's line leads to the order for it, and to the line that it gives back or charges again.
    ///
    /// - Returns: That line, as `2026-000012:2`; nil for lines of invoices.
    private mutating func tellSubject(of place: InvoiceLineRecord) throws -> String? {
        var number = place.credits
        if case .addition(let line) = place.source { number = line }
        guard let number, let note = try catalog.invoice(id: place.invoice), let subject = note.invoice.credits,
            let record = try catalog.invoice(number: subject.number),
            let line = record.invoice.lines.first(where: { $0.number == number }),
            let source = try catalog.lines(ofInvoice: record.id).first(where: { $0.number == number })
        else { return nil }
        if let text = note.cause, let id = DropID(text: text), let drop = try catalog.drop(id) {
            _ = try tell(.drop(drop))
        }
        _ = try tell(line, at: source)
        return "\(subject.number):\(number)"
    }

    mutating func tell(_ use: UsageRecord) throws -> [String: Any] {
        addUse(use)
        try tellCause(use)
        let lines = try catalog.lines(billing: use)
        for line in lines {
            guard let record = try catalog.invoice(id: line.invoice) else { continue }
            add(
                "billed", at: record.invoice.issuedAt.text,
                name: "billed \(line.invoiceNumber):\(line.number) \(use.act)",
                ["detail": "\(line.invoiceNumber):\(line.number)"])
        }
        return AccountText.usage(use, lines: lines)
    }

    private mutating func tellCause(_ use: UsageRecord) throws {
        if let id = DropID(text: use.cause), let drop = try catalog.drop(id) { _ = try tell(.drop(drop)) }
        for request in try catalog.lendingRequests(named: use.cause, party: use.party) where use.kind == "delivered" {
            _ = try tell(.request(request))
        }
    }

    private mutating func addUse(_ use: UsageRecord) {
        var more: [String: Any] = ["event": use.act]
        if let exam = use.exam { more["exam"] = exam }
        if let bytes = use.byteCount { more["byteCount"] = bytes }
        if let tier = use.tier ?? use.fromTier { more["tier"] = tier }
        if let explanation = use.explanation { more["detail"] = explanation }
        let at = Date(timeIntervalSince1970: TimeInterval(use.atSeconds)).ISO8601Format()
        add("metered", at: at, name: "use \(use.act)", more)
    }
}
