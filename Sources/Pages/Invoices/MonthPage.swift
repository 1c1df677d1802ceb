// The page that tells management what a month came to, with a plot by facility and kind. One file without scripts.

package import Accounting

/// Writes the page.
package enum MonthPage {
    /// The same summary gives the same bytes.
    package static func html(_ summary: MonthSummary, siteName: String) -> [UInt8] {
        let kinds = summary.kinds
        let count = summary.documents.count
        let values: [String: Any] = [
            "policy": ReportStyles.policy, "styles": ReportStyles.text, "month": summary.month.description,
            "site": ShownText.line(siteName), "documents": count == 1 ? "1 document" : "\(count) documents",
            "hasRows": !summary.rows.isEmpty, "plot": MonthPlot(summary).svg, "currency": summary.currency.code,
            "kinds": kinds.map { ["kindName": InvoiceText.name($0), "swatch": MonthPlot.style(of: $0)] },
            "rows": summary.rows.map { row($0, kinds) } + (summary.rows.count > 1 ? [sum(summary, kinds)] : []),
        ]
        return Array(PageTemplate.month.render(values).utf8)
    }

    private static func row(_ row: MonthSummary.Row, _ kinds: [UsageEvent.Kind]) -> [String: Any] {
        [
            "name": ShownText.line(row.name), "id": row.facility,
            "amounts": kinds.map { row.byKind[$0].map(InvoiceText.amount) ?? "\u{2013}" },
            "net": InvoiceText.amount(row.net), "tax": InvoiceText.amount(row.tax),
            "total": InvoiceText.amount(row.total),
        ]
    }

    private static func sum(_ summary: MonthSummary, _ kinds: [UsageEvent.Kind]) -> [String: Any] {
        func money(_ units: Int64) -> String {
            InvoiceText.amount(Money(minorUnits: units, currency: summary.currency))
        }
        return [
            "name": "All", "id": "",
            "amounts": kinds.map { kind in
                money(summary.rows.reduce(0) { $0 + ($1.byKind[kind]?.minorUnits ?? 0) })
            },
            "net": InvoiceText.amount(summary.net), "tax": money(summary.total.minorUnits - summary.net.minorUnits),
            "total": InvoiceText.amount(summary.total),
        ]
    }
}
