// The words of the page of a document, as its template takes them. Pure.
//
// Invariant: a key that a list's items have is on no level above it, because a template looks upwards for what is missing.

internal import Accounting

struct InvoicePageText {
    private let invoice: Invoice

    init(_ invoice: Invoice) {
        self.invoice = invoice
    }

    var values: [String: Any] {
        var values: [String: Any] = [
            "policy": ReportStyles.policy, "styles": ReportStyles.text,
            "title": "\(kindText) \(heading) \u{B7} \(ShownText.line(invoice.buyer.name))", "isDraft": invoice.isDraft,
            "issuedText": ShownText.time(invoice.issuedAt.text), "kindText": kindText, "heading": heading,
            "sellerName": ShownText.line(invoice.seller.name), "sellerLines": lines(of: invoice.seller),
            "buyerName": ShownText.line(invoice.buyer.name), "buyerLines": lines(of: invoice.buyer), "facts": facts,
            "currency": invoice.currency.code, "linesHeading": linesHeading, "lines": invoice.lines.map(line),
            "net": InvoiceText.amount(invoice.net), "taxes": invoice.tax.map(tax),
            "totalText": invoice.kind == .creditNote ? "Credited" : "Total",
            "total": InvoiceText.amount(invoice.total), "hasPayment": !payment.isEmpty, "payment": payment,
            "fileName": invoice.fileName, "credited": invoice.credits != nil,
        ]
        values["creditedText"] = invoice.credits.map {
            "\(invoice.kind == .creditNote ? "Credits" : "Corrects") invoice \($0.number) of \($0.issuedOn)"
        }
        values["reason"] = invoice.reason.map(ShownText.clean)
        values["previousDigest"] = invoice.previousDigest
        return values
    }

    private var heading: String { invoice.number ?? "Draft of \(invoice.period.from.description.prefix(7))" }

    private var kindText: String {
        switch invoice.kind {
        case .invoice: "Invoice"
        case .creditNote: "Credit note"
        case .debitNote: "Debit note"
        }
    }

    private var linesHeading: String {
        switch invoice.kind {
        case .invoice: "Charges"
        case .creditNote: "Credited"
        case .debitNote: "Charged besides"
        }
    }

    private func lines(of party: InvoiceParty) -> [String] {
        let town = [party.address?.postalCode, party.address?.city].compactMap(\.self).joined(separator: " ")
        let place = [party.address?.street, town.isEmpty ? nil : town, party.address?.country]
        let numbers = [
            party.vatID.map { "VAT \($0)" }, party.taxRegistrationID.map { "Tax no. \($0)" },
            party.registrationID.map { "Reg. no. \($0)" },
        ]
        return (place + numbers).compactMap { $0.map(ShownText.line) }
    }

    private var facts: [[String: Any]] {
        let period = InvoiceText.days(invoice.period.from, invoice.period.to)
        let facts: [(String, String?)] = [
            (invoice.isDraft ? "As of" : "Issued", ShownText.time(invoice.issuedAt.text)),
            ("Period", "\(period), \(invoice.period.timeZone)"), ("Due", invoice.dueOn?.description),
            ("Facility", invoice.facility), ("Your reference", invoice.buyerReference),
        ]
        return facts.compactMap { term, text in text.map { ["term": term, "definition": ShownText.line($0)] } }
    }

    private var payment: [[String: Any]] {
        guard invoice.kind != .creditNote, !invoice.isDraft else { return [] }
        let facts: [(String, String?)] = [
            ("Account (IBAN)", invoice.payment.iban), ("BIC", invoice.payment.bic),
            ("Terms", invoice.payment.terms), ("Reference", invoice.payment.iban == nil ? nil : invoice.number),
        ]
        return facts.compactMap { term, text in
            text.map { ["paymentTerm": term, "paymentText": ShownText.line($0)] }
        }
    }

    private func line(_ line: InvoiceLine) -> [String: Any] {
        var values: [String: Any] = [
            "lineNumber": line.number, "description": ShownText.line(line.description),
            "kindName": InvoiceText.name(line.kind), "days": InvoiceText.days(line.service.from, line.service.to),
            "quantity": InvoiceText.number(line.quantity.description), "unit": ShownText.line(line.unit),
            "unitPrice": InvoiceText.number(line.unitPrice.description),
            "rate": line.taxCategory == .outside ? "\u{2013}" : line.taxPercent.description + "\u{202F}%",
            "amount": InvoiceText.amount(line.amount),
        ]
        if line.eventCount > 0 { values["events"] = line.eventCount == 1 ? "1 event" : "\(line.eventCount) events" }
        values["ofLine"] = line.creditsLine.flatMap { credited in
            invoice.credits.map { "line \(credited) of \($0.number)" }
        }
        values["discount"] = line.discount.map {
            "\(ShownText.line($0.reason)): \u{2212}\(InvoiceText.amount($0.amount))"
        }
        return values
    }

    private func tax(_ tax: TaxSubtotal) -> [String: Any] {
        let rate = tax.category == .outside ? "Tax" : "Tax \(tax.percent)\u{202F}%"
        var values: [String: Any] = [
            "taxText": "\(rate) on \(InvoiceText.amount(tax.base))", "taxAmount": InvoiceText.amount(tax.amount),
        ]
        values["taxReason"] = tax.shownReason.map(ShownText.line)
        return values
    }
}
