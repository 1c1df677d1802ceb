// What a month came to, for management, as JSON and as CSV. Pure.

package import Accounting

/// Writes the summary of a month.
package enum MonthSummaryText {
    package static func json(_ summary: MonthSummary) -> [UInt8] {
        var text = JSONText()
        text.raw("{\"type\":\"monthSummary\"")
        text.member("month", summary.month.description)
        text.member("currency", summary.currency.code)
        text.member("documents", summary.documents)
        text.raw(",\n\"facilities\":[")
        for (index, row) in summary.rows.enumerated() {
            text.raw(index == 0 ? "\n{" : ",\n{")
            text.member("facility", row.facility, first: true)
            text.member("name", row.name)
            text.key("byKind")
            kinds(row, &text)
            sums(row.net, row.tax, row.total, &text)
            text.raw("}")
        }
        text.raw("]")
        let tax = Money(minorUnits: summary.total.minorUnits - summary.net.minorUnits, currency: summary.currency)
        sums(summary.net, tax, summary.total, &text)
        text.raw("}\n")
        return text.take()
    }

    /// One record for each facility and kind.
    package static func csv(_ summary: MonthSummary) -> [UInt8] {
        var text = CSVText()
        text.record(["month", "facility", "name", "kind", "net", "currency"].map { .plain($0) })
        for row in summary.rows {
            for kind in summary.kinds {
                guard let amount = row.byKind[kind] else { continue }
                text.record([
                    .plain(summary.month.description), .text(row.facility), .text(row.name), .plain(kind.rawValue),
                    .plain(amount.text), .plain(summary.currency.code),
                ])
            }
        }
        return text.take()
    }

    private static func kinds(_ row: MonthSummary.Row, _ text: inout JSONText) {
        text.raw("{")
        var isFirst = true
        for kind in UsageEvent.Kind.allCases {
            guard let amount = row.byKind[kind] else { continue }
            text.raw(isFirst ? "\"" : ",\"")
            text.raw(kind.rawValue)
            text.raw("\":")
            text.string(amount.text)
            isFirst = false
        }
        text.raw("}")
    }

    private static func sums(_ net: Money, _ tax: Money, _ total: Money, _ text: inout JSONText) {
        text.member("net", net.text)
        text.member("tax", tax.text)
        text.member("total", total.text)
    }
}
