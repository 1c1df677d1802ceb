// An issued document for paper: the words of its page, in the same order. Pure.

package import Accounting
package import Paper

/// Lays a document out for paper.
package enum InvoicePaper {
    /// The same document gives the same values.
    package static func document(_ invoice: Invoice) -> PaperDocument {
        let text = InvoicePageText(invoice)
        let name = "\(text.kindText) \(text.heading)"
        let seller = ShownText.line(invoice.seller.name)
        return PaperDocument(
            title: "\(name) \u{B7} \(ShownText.line(invoice.buyer.name))", author: seller,
            subject: "\(text.kindText) of \(InvoiceText.days(invoice.period.from, invoice.period.to))",
            date: invoice.issuedAt.text, footer: "\(name) \u{B7} \(seller)",
            blocks: [letterhead(invoice, text), parties(invoice, text)] + reason(invoice) + charges(invoice, text)
                + [sums(invoice, text)] + payment(text) + end(invoice))
    }

    private static func letterhead(_ invoice: Invoice, _ text: InvoicePageText) -> PaperBlock {
        let own = [PaperText(text.kindText, .label), PaperText(text.heading, .title)]
        let seller = [PaperText(ShownText.line(invoice.seller.name), .strong)]
        return .grid(
            PaperGrid(
                columns: [.init(0.6), .init(0.4)],
                rows: [
                    [
                        .init(own + (text.creditedText.map { [PaperText($0)] } ?? [])),
                        .init(seller + text.lines(of: invoice.seller).map { PaperText($0) }),
                    ]
                ], isRuled: false))
    }

    /// The buyer's lines beside the facts of the document, one of each in a row.
    private static func parties(_ invoice: Invoice, _ text: InvoicePageText) -> PaperBlock {
        let name = PaperText(ShownText.line(invoice.buyer.name), .strong)
        let buyer = [PaperText("Bill to", .label), name] + text.lines(of: invoice.buyer).map { PaperText($0) }
        let facts = text.facts
        let rows = (0..<max(buyer.count, facts.count)).map { index -> [PaperGrid.Cell] in
            let fact = index < facts.count ? facts[index] : ("", "")
            return [.init(index < buyer.count ? [buyer[index]] : []), .init(fact.0, .label), .init(fact.1)]
        }
        return .grid(PaperGrid(columns: [.init(0.44), .init(0.16), .init(0.4)], rows: rows, isRuled: false))
    }

    private static func reason(_ invoice: Invoice) -> [PaperBlock] {
        guard let reason = invoice.reason else { return [] }
        return [.text(PaperText("Reason", .heading)), .text(PaperText(ShownText.clean(reason)))]
    }

    private static func charges(_ invoice: Invoice, _ text: InvoicePageText) -> [PaperBlock] {
        let columns: [PaperGrid.Column] = [
            .init(0.06, isRight: true), .init(0.29), .init(0.15), .init(0.17, isRight: true),
            .init(0.1, isRight: true), .init(0.08, isRight: true), .init(0.15, isRight: true),
        ]
        let names = ["No.", "What", "Used", "Quantity", "Price", "Tax", "Amount \(invoice.currency.code)"]
        return [
            .text(PaperText("Charges", .heading)),
            .grid(PaperGrid(columns: columns, header: names, rows: invoice.lines.map { row($0, text) })),
        ]
    }

    private static func row(_ line: InvoiceLine, _ text: InvoicePageText) -> [PaperGrid.Cell] {
        let words = text.text(of: line)
        let notes = [words.note] + (words.discount.map { [$0] } ?? [])
        return [
            .init("\(line.number)"), .init([PaperText(words.description)] + notes.map { PaperText($0, .note) }),
            .init(words.days), .init([PaperText(words.quantity), PaperText(words.unit, .note)]), .init(words.unitPrice),
            .init(words.rate),
            .init(words.amount),
        ]
    }

    private static func sums(_ invoice: Invoice, _ text: InvoicePageText) -> PaperBlock {
        let taxes = invoice.tax.map { tax -> [PaperGrid.Cell] in
            let (words, reason) = text.text(of: tax)
            let texts = [PaperText(words)] + (reason.map { [PaperText($0, .note)] } ?? [])
            return [.init(""), .init(texts), .init(InvoiceText.amount(tax.amount))]
        }
        let total: [PaperGrid.Cell] = [
            .init(""), .init(text.totalText, .strong),
            .init("\(InvoiceText.amount(invoice.total)) \(invoice.currency.code)", .strong),
        ]
        return .grid(
            PaperGrid(
                columns: [.init(0.42), .init(0.36), .init(0.22, isRight: true)],
                rows: [[.init(""), .init("Net"), .init(InvoiceText.amount(invoice.net))]] + taxes + [total],
                staysTogether: true))
    }

    private static func payment(_ text: InvoicePageText) -> [PaperBlock] {
        guard !text.payment.isEmpty else { return [] }
        let rows = text.payment.map { [PaperGrid.Cell($0.term, .label), PaperGrid.Cell($0.text)] }
        return [
            .text(PaperText("Payment", .heading)),
            .grid(PaperGrid(columns: [.init(0.2), .init(0.8)], rows: rows, isRuled: false, staysTogether: true)),
        ]
    }

    private static func end(_ invoice: Invoice) -> [PaperBlock] {
        let name = invoice.fileName
        var texts = [
            "The same document is in \(name).json, .csv, .html and .xml (UBL); the events behind each line are in "
                + "\(name).events.csv. What is issued is never changed; what is wrong is credited."
        ]
        if let digest = invoice.previousDigest { texts.append("SHA-256 of the document before it: \(digest)") }
        return texts.map { .text(PaperText($0, .note)) }
    }
}
