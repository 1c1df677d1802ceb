// InvoiceFiles owns the bytes of each file that is published of a document.
//
// From facts alone: repeating it gives the same bytes. The JSON is the one that was issued, byte for byte.

internal import Accounting
internal import Catalog
internal import Files
internal import Interchange
internal import Pages
internal import Paper
internal import Radiology
internal import Spool

struct InvoiceFiles {
    let site: SiteContext

    private static let pieceByteCount = 128 << 10

    /// Publishes a file of a document.
    ///
    /// - Returns: The digest by which it is acknowledged.
    func publish(_ publication: Publication) throws -> SHA256Digest {
        guard let record = try site.catalog.invoice(id: publication.subjectID), let number = record.invoice.number
        else {
            throw StageError.unexpected("invoice \(publication.subjectID) is not there")
        }
        switch publication.name.dropFirst(number.count + 1) {
        case "json": return try publish(record.document, publication)
        case "html": return try publish(InvoicePage.html(record.invoice), publication)
        case "xml": return try publish(UBLInvoice.bytes(record.invoice), publication)
        case "pdf": return try publish(publication) { try print(record, to: $0) }
        case "hl7": return try publish(publication) { try ChargeFiles(site: site).writeHL7(record, to: $0) }
        case "fhir.json": return try publish(publication) { try ChargeFiles(site: site).writeFHIR(record, to: $0) }
        case "csv": return try publish(InvoiceCSV.bytes(record.invoice), publication)
        case "events.csv": return try publish(publication) { try writeEvents(record, to: $0) }
        default: throw StageError.unexpected("\(publication.name) is no file of an invoice")
        }
    }

    /// Publishes a file of a draft, or takes it back when its month is closed.
    ///
    /// - Returns: nil when it was taken back.
    func publishDraft(_ publication: Publication) throws -> SHA256Digest? {
        guard let draft = try site.catalog.draft(id: publication.subjectID) else {
            try Outbox(layout: site.layout).withdraw(
                party: publication.party, kind: publication.kind, name: FileName(publication.name))
            return nil
        }
        let bytes = publication.name.hasSuffix(".html") ? InvoicePage.html(draft) : InvoiceJSON.bytes(draft)
        return try publish(bytes, publication)
    }

    private func publish(_ bytes: [UInt8], _ publication: Publication) throws -> SHA256Digest {
        try Outbox(layout: site.layout).publish(
            bytes, party: publication.party, kind: publication.kind, name: FileName(publication.name))
        return SHA256.digest(of: bytes)
    }

    /// Publishes what is written in pieces.
    private func publish(
        _ publication: Publication, _ content: ((_ write: ([UInt8]) throws -> Void) throws -> Void)
    ) throws -> SHA256Digest {
        let file = try Outbox(layout: site.layout).begin(
            party: publication.party, kind: publication.kind, name: FileName(publication.name))
        let hash = SHA256()
        do {
            try content { bytes in
                bytes.withUnsafeBytes { hash.update($0) }
                try file.append(bytes)
            }
        } catch {
            try file.abandon()
            throw error
        }
        try file.finish()
        return hash.finish()
    }

    /// Prints a document. Where it cannot be printed now, that is said, and the file comes when it can.
    private func print(_ record: InvoiceRecord, to write: ([UInt8]) throws -> Void) throws {
        do { try SiteContext.printer.print(InvoicePaper.document(record.invoice), to: write) } catch {
            site.logger.warning("\(record.invoice.fileName).pdf: \(error)")
            throw error
        }
    }

    private func writeEvents(_ record: InvoiceRecord, to write: ([UInt8]) throws -> Void) throws {
        var text = InvoiceEventsCSV(of: record.invoice)
        let calendar = try site.catalog.calendar(ofParty: record.invoice.facility)
        for line in try site.catalog.lines(ofInvoice: record.id) {
            let kind = record.invoice.lines[line.number - 1].kind
            try site.catalog.forEachEvent(of: line) { event in
                text.event(try Self.event(event, line: line, kind: kind, calendar))
                if text.pendingByteCount > Self.pieceByteCount { try write(text.take()) }
            }
        }
        try write(text.take())
    }

    private static func event(
        _ event: UsageRecord, line: InvoiceLineRecord, kind: UsageEvent.Kind, _ calendar: BillingCalendar
    ) throws -> InvoiceEvent {
        guard let at = Instant(iso8601: calendar.text(event.atSeconds)) else {
            throw StageError.unexpected("\(event.atSeconds) is no time")
        }
        let exponent = event.currency.map { Currency($0).exponent } ?? 2
        let charged = event.metered.map { $0 - (event.waived ?? 0) }
        return InvoiceEvent(
            line: line.number, id: event.act, kind: kind, at: at, exam: event.exam,
            request: event.kind == "delivered" ? event.cause : nil, purpose: event.purpose,
            item: event.tier ?? event.fromTier, drop: event.kind == "stored" ? event.cause : nil,
            byteCount: event.byteCount.map { event.tier == nil ? -$0 : $0 },
            quantity: Quantity(event.byteCount ?? 1), unit: event.byteCount == nil ? "exam" : "byte",
            unitPrice: event.unitPrice, charged: charged.flatMap { Quantity(unscaled: $0, scale: exponent) },
            waived: event.waived.flatMap { Quantity(unscaled: $0, scale: exponent) },
            explanation: event.explanation ?? event.kind)
    }
}
