// The words of a document as people read it, on its page and on paper. Pure.
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
            "buyerName": ShownText.line(invoice.buyer.name), "buyerLines": lines(of: invoice.buyer),
            "facts": facts.map { ["term": $0.term, "definition": $0.text] },
            "currency": invoice.currency.code, "linesHeading": linesHeading, "lines": invoice.lines.map(values(of:)),
            "net": InvoiceText.amount(invoice.net), "taxes": invoice.tax.map(values(of:)), "totalText": totalText,
            "total": InvoiceText.amount(invoice.total), "hasPayment": !payment.isEmpty,
            "payment": payment.map { ["paymentTerm": $0.term, "paymentText": $0.text] },
            "fileName": invoice.fileName, "credited": invoice.credits != nil,
        ]
        values["creditedText"] = creditedText
        values["reason"] = invoice.reason.map(ShownText.clean)
        values["previousDigest"] = invoice.previousDigest
        return values
    }

    var heading: String { invoice.number ?? "Draft of \(invoice.period.from.description.prefix(7))" }

    var creditedText: String? {
        invoice.credits.map {
            "\(invoice.kind == .creditNote ? "Credits" : "Corrects") invoice \($0.number) of \($0.issuedOn)"
        }
    }

    var totalText: String { invoice.kind == .creditNote ? "Credited" : "Total" }

    var kindText: String {
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

    func lines(of party: InvoiceParty) -> [String] {
        let town = [party.address?.postalCode, party.address?.city].compactMap(\.self).joined(separator: " ")
        let place = [party.address?.street, town.isEmpty ? nil : town, party.address?.country]
        let numbers = [
            party.vatID.map { "VAT \($0)" }, party.taxRegistrationID.map { "Tax no. \($0)" },
            party.registrationID.map { "Reg. no. \($0)" },
        ]
        return (place + numbers).compactMap { $0.map(ShownText.line) }
    }

    var facts: [(term: String, text: String)] {
        let period = InvoiceText.days(invoice.period.from, invoice.period.to)
        let facts: [(String, String?)] = [
            (invoice.isDraft ? "As of" : "Issued", ShownText.time(invoice.issuedAt.text)),
            ("Period", "\(period), \(invoice.period.timeZone)"), ("Due", invoice.dueOn?.description),
            ("Facility", invoice.facility), ("Your reference", invoice.buyerReference),
        ]
        return facts.compactMap { term, text in text.map { (term, ShownText.line($0)) } }
    }

    var payment: [(term: String, text: String)] {
        guard invoice.kind != .creditNote, !invoice.isDraft else { return [] }
        let facts: [(String, String?)] = [
            ("Account (IBAN)", invoice.payment.iban), ("BIC", invoice.payment.bic),
            ("Terms", invoice.payment.terms), ("Reference", invoice.payment.iban == nil ? nil : invoice.number),
        ]
        return facts.compactMap { term, text in text.map { (term, ShownText.line($0)) } }
    }

    /// A line's words.
    struct LineText {
        let description: String
        /// What kind of charge, how many events are behind it, and of a note the line that it is about.
        let note: String
        let discount: String?
        let days: String
        let quantity: String
        let unit: String
        let unitPrice: String
        let rate: String
        let amount: String
    }

    func text(of line: InvoiceLine) -> LineText {
        let events = line.eventCount == 1 ? "1 event" : "\(line.eventCount) events"
        let credited = line.creditsLine.flatMap { credited in
            invoice.credits.map { "line \(credited) of \($0.number)" }
        }
        return LineText(
            description: ShownText.line(line.description),
            note: [InvoiceText.name(line.kind), line.eventCount > 0 ? events : nil, credited].compactMap(\.self)
                .joined(separator: ", "),
            discount: line.discount.map {
                "\(ShownText.line($0.reason)): \u{2212}\(InvoiceText.amount($0.amount))"
            },
            days: InvoiceText.days(line.service.from, line.service.to),
            quantity: InvoiceText.number(line.quantity.description), unit: ShownText.line(line.unit),
            unitPrice: InvoiceText.number(line.unitPrice.description),
            rate: line.taxCategory == .outside ? "\u{2013}" : line.taxPercent.description + "\u{202F}%",
            amount: InvoiceText.amount(line.amount))
    }

    /// What a tax is on, and why it is not the usual one.
    func text(of tax: TaxSubtotal) -> (text: String, reason: String?) {
        let rate = tax.category == .outside ? "Tax" : "Tax \(tax.percent)\u{202F}%"
        return ("\(rate) on \(InvoiceText.amount(tax.base))", tax.shownReason.map(ShownText.line))
    }

    private func values(of line: InvoiceLine) -> [String: Any] {
        let text = text(of: line)
        var values: [String: Any] = [
            "lineNumber": line.number, "description": text.description, "lineNote": text.note, "days": text.days,
            "quantity": text.quantity, "unit": text.unit, "unitPrice": text.unitPrice, "rate": text.rate,
            "amount": text.amount,
        ]
        values["discount"] = text.discount
        return values
    }

    private func values(of tax: TaxSubtotal) -> [String: Any] {
        let text = text(of: tax)
        var values: [String: Any] = ["taxText": text.text, "taxAmount": InvoiceText.amount(tax.amount)]
        values["taxReason"] = text.reason
        return values
    }
}
