// ChargeFiles owns the charges of single exams as a facility's own systems take them: HL7 v2 messages and a FHIR bundle.
//
// Invariants: they name patients, and go to the facility that pays alone. What was delivered without saying whose it is has
// no message: its charge is a line like any other, and names nobody. What was free has none either.

internal import Accounting
internal import Catalog
internal import Configuration
internal import Interchange
internal import Radiology

struct ChargeFiles {
    let site: SiteContext

    private static let pieceByteCount = 128 << 10

    /// The endings of such files that a facility gets: those of the formats of its chart systems.
    static func endings(of facility: String, in configuration: SiteConfiguration) -> [String] {
        let formats = configuration.chartSystems.filter { $0.facility == facility }.flatMap(\.formats)
        return (formats.contains(.hl7) ? ["hl7"] : []) + (formats.contains(.fhir) ? ["fhir.json"] : [])
    }

    func writeHL7(_ record: InvoiceRecord, to write: ([UInt8]) throws -> Void) throws {
        var text = HL7Charges(of: record.invoice)
        try forEachCharge(of: record) { charge in
            text.charge(charge)
            if text.pendingByteCount > Self.pieceByteCount { try write(text.take()) }
        }
        text.end()
        try write(text.take())
    }

    func writeFHIR(_ record: InvoiceRecord, to write: ([UInt8]) throws -> Void) throws {
        var text = FHIRInvoice(of: record.invoice)
        try forEachCharge(of: record) { charge in
            text.charge(charge)
            if text.pendingByteCount > Self.pieceByteCount { try write(text.take()) }
        }
        text.end()
        try write(text.take())
    }

    /// A credit note's charges are those of the lines that it credits.
    private func forEachCharge(of record: InvoiceRecord, _ body: (ExamCharge) throws -> Void) throws {
        let charged = try record.invoice.credits.flatMap { try site.catalog.invoice(number: $0.number) } ?? record
        let lines = try site.catalog.lines(ofInvoice: charged.id)
        let calendar = try site.catalog.calendar(ofParty: record.invoice.facility)
        for line in record.invoice.lines {
            let number = charged.id == record.id ? line.number : line.creditsLine ?? 0
            guard let source = lines.first(where: { $0.number == number }) else { continue }
            // Exams are looked up after the events are read: the database is asked one thing at a time.
            var events: [UsageRecord] = []
            try site.catalog.forEachEvent(of: source) { if $0.kind == "delivered" { events.append($0) } }
            for event in events {
                if let charge = try charge(event, line, record.invoice, calendar) { try body(charge) }
            }
        }
    }

    private func charge(
        _ event: UsageRecord, _ line: InvoiceLine, _ invoice: Invoice, _ calendar: BillingCalendar
    ) throws -> ExamCharge? {
        guard let key = event.exam, let purpose = event.purpose,
            let metered = event.metered, metered > (event.waived ?? 0),
            site.configuration.purpose(purpose)?.deidentify == false, let exam = try site.catalog.exam(key: key)
        else { return nil }
        guard let at = Instant(iso8601: calendar.text(event.atSeconds)) else {
            throw StageError.unexpected("\(event.atSeconds) is no time")
        }
        return ExamCharge(
            event: event.act, line: line.number, at: at, exam: try Self.exam(exam), request: event.cause,
            purpose: purpose, description: line.description,
            amount: Money(minorUnits: metered - (event.waived ?? 0), currency: invoice.currency))
    }

    private static func exam(_ exam: ExamRecord) throws -> ChargedExam {
        ChargedExam(
            key: exam.key, accessionNumber: exam.accessionNumber.isEmpty ? nil : exam.accessionNumber,
            studyInstanceUID: exam.studyInstanceUID, patientID: exam.patientID,
            issuerOfPatientID: exam.issuer.isEmpty ? nil : exam.issuer,
            patientName: try AttributeText(exam.patientAttributes)["patientName"])
    }
}
