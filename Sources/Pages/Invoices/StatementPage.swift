// The page that tells what a doctor is paid for a month's readings. One file without scripts.

package import Accounting

/// Writes the page.
package enum StatementPage {
    /// The same statement gives the same bytes.
    ///
    /// - Parameter fileName: What its files are called before the dot.
    package static func html(_ statement: ReaderStatement, siteName: String, fileName: String) -> [UInt8] {
        let values: [String: Any] = [
            "policy": ReportStyles.policy, "styles": ReportStyles.text, "month": statement.month.description,
            "site": ShownText.line(siteName), "name": ShownText.line(statement.name), "fileName": fileName,
            "currency": statement.currency.code, "total": InvoiceText.amount(statement.total),
            "lines": statement.lines.map { line in
                [
                    "facility": ShownText.line(line.facility), "description": ShownText.line(line.description),
                    "count": line.count, "fee": InvoiceText.number(line.unitPrice.description),
                    "amount": InvoiceText.amount(line.amount),
                ] as [String: Any]
            },
        ]
        return Array(PageTemplate.statement.render(values).utf8)
    }
}
