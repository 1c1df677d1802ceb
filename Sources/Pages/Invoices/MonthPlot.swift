// The bars of a month: one for each facility, its parts by kind, to one scale. Pure.
//
// What was given back lies left of the line of nothing. Lengths are worked out in whole numbers of the drawing.

internal import Accounting

struct MonthPlot {
    private let summary: MonthSummary
    /// Minor units right and left of nothing, of the longest bars.
    private let most: Int64
    private let least: Int64

    private static let width: Int64 = 960
    private static let nameWidth: Int64 = 210
    private static let amountWidth: Int64 = 130
    private static let rowHeight = 34
    private static let barHeight = 18
    /// Characters of a name that have room; the whole name is in its title.
    private static let nameCharacters = 28

    init(_ summary: MonthSummary) {
        self.summary = summary
        let sums = summary.rows.map { row in
            row.byKind.values.reduce(into: (more: Int64(0), less: Int64(0))) { sums, amount in
                if amount.minorUnits > 0 { sums.more += amount.minorUnits } else { sums.less -= amount.minorUnits }
            }
        }
        most = sums.map(\.more).max() ?? 0
        least = sums.map(\.less).max() ?? 0
    }

    static func style(of kind: UsageEvent.Kind) -> String {
        "s\(UsageEvent.Kind.allCases.firstIndex(of: kind) ?? 0)"
    }

    var svg: String {
        let height = summary.rows.count * Self.rowHeight + 4
        var svg = "<svg class=\"months\" viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\""
        svg += " aria-label=\"Net by facility and kind; the table below has the same numbers\">\n"
        for (index, row) in summary.rows.enumerated() { svg += bar(row, y: index * Self.rowHeight) }
        svg += "<line class=\"axis\" x1=\"\(zero)\" x2=\"\(zero)\" y1=\"0\" y2=\"\(height)\"/>\n"
        return svg + "</svg>"
    }

    private var room: Int64 { Self.width - Self.nameWidth - Self.amountWidth }

    private func length(_ units: Int64) -> Int64 {
        Int64(Int128(units) * Int128(room) / max(1, Int128(most) + Int128(least)))
    }

    private var zero: Int64 { Self.nameWidth + length(least) }

    private func bar(_ row: MonthSummary.Row, y: Int) -> String {
        let middle = y + Self.rowHeight / 2 + 5
        let name = ShownText.line(row.name)
        let shown =
            name.count <= Self.nameCharacters ? name : name.prefix(Self.nameCharacters - 1) + "\u{2026}"
        var svg = "<text x=\"0\" y=\"\(middle)\"><title>\(MarkupText.escaped(name))</title>"
        svg += "\(MarkupText.escaped(shown))</text>\n"
        var (more, less) = (Int64(0), Int64(0))
        for kind in UsageEvent.Kind.allCases {
            guard let units = row.byKind[kind]?.minorUnits else { continue }
            let start = units > 0 ? zero + length(more) : zero - length(less - units)
            let end = units > 0 ? zero + length(more + units) : zero - length(less)
            if units > 0 { more += units } else { less -= units }
            svg += "<rect class=\"\(Self.style(of: kind))\" x=\"\(start)\" y=\"\(y + 8)\" width=\"\(end - start)\""
            svg += " height=\"\(Self.barHeight)\"><title>\(InvoiceText.name(kind)): "
            svg += "\(InvoiceText.amount(Money(minorUnits: units, currency: summary.currency)))</title></rect>\n"
        }
        svg += "<text class=\"soft\" x=\"\(zero + length(more) + 8)\" y=\"\(middle)\">"
        return svg + "\(InvoiceText.amount(row.net))</text>\n"
    }
}
