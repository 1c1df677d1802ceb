// The bars of a month: one for each facility, its parts by kind, to one scale. Pure.
//
// What was given back lies left of the line of nothing.

internal import Accounting

struct MonthPlot {
    private let summary: MonthSummary

    init(_ summary: MonthSummary) {
        self.summary = summary
    }

    static func style(of kind: UsageEvent.Kind) -> String {
        "s\(UsageEvent.Kind.allCases.firstIndex(of: kind) ?? 0)"
    }

    var svg: String {
        BarPlot(
            summary.rows.map { row in
                BarPlot.Bar(name: row.name, parts: parts(row), text: InvoiceText.amount(row.net))
            }, label: "Net by facility and kind; the table below has the same numbers"
        ).svg
    }

    private func parts(_ row: MonthSummary.Row) -> [PlotPart] {
        UsageEvent.Kind.allCases.compactMap { kind in
            row.byKind[kind].map { amount in
                PlotPart(
                    style: Self.style(of: kind), value: amount.minorUnits,
                    title: "\(InvoiceText.name(kind)): \(InvoiceText.amount(amount))")
            }
        }
    }
}
