// What a doctor is paid for a month's readings, for paper: the words of its page. Pure.

package import Accounting
package import Paper

/// Lays a statement out for paper.
package enum StatementPaper {
    /// The same statement gives the same values.
    ///
    /// - Parameters:
    ///   - fileName: What its files are called before the dot.
    ///   - date: The end of the month, ISO 8601 with an offset.
    package static func document(
        _ statement: ReaderStatement, siteName: String, fileName: String, date: String
    ) -> PaperDocument {
        let (name, site) = (ShownText.line(statement.name), ShownText.line(siteName))
        let columns: [PaperGrid.Column] = [
            .init(0.24), .init(0.36), .init(0.1, isRight: true), .init(0.12, isRight: true),
            .init(0.18, isRight: true),
        ]
        let rows = statement.lines.map { line -> [PaperGrid.Cell] in
            [
                .init(ShownText.line(line.facility)), .init(ShownText.line(line.description)), .init("\(line.count)"),
                .init(InvoiceText.number(line.unitPrice.description)), .init(InvoiceText.amount(line.amount)),
            ]
        }
        let total: [PaperGrid.Cell] = [
            .init(""), .init("Total", .strong),
            .init("\(InvoiceText.amount(statement.total)) \(statement.currency.code)", .strong),
        ]
        return PaperDocument(
            title: "Readings of \(name) \u{B7} \(statement.month)", author: site,
            subject: "Readings of \(statement.month)",
            date: date, footer: "Readings of \(name) \u{B7} \(statement.month)",
            blocks: [
                .text(PaperText("Readings", .label)), .text(PaperText(name, .title)),
                .text(PaperText("\(statement.month), \(site). Each reading is in \(fileName).json and .csv.")),
                .text(PaperText("What is paid", .heading)),
                .grid(
                    PaperGrid(
                        columns: columns,
                        header: ["Facility", "What", "Readings", "Fee", "Amount \(statement.currency.code)"], rows: rows
                    )),
                .grid(
                    PaperGrid(
                        columns: [.init(0.42), .init(0.36), .init(0.22, isRight: true)], rows: [total],
                        staysTogether: true)),
                .text(
                    PaperText(
                        "The first answer of a doctor on an exam is a reading; a change of mind or a further round is no "
                            + "second one.", .note)),
            ])
    }
}
