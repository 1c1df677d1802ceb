// Bars that lie: one for each row, its parts in a row, to one scale. Pure.
//
// What is less than nothing lies left of the line of nothing. Lengths are worked out in whole numbers of the drawing.

/// Draws them.
package struct BarPlot: Sendable {
    /// One bar.
    package struct Bar: Sendable, Equatable {
        package let name: String
        package let parts: [PlotPart]
        /// At its end.
        package let text: String

        package init(name: String, parts: [PlotPart], text: String) {
            self.name = name
            self.parts = parts
            self.text = text
        }
    }

    private let bars: [Bar]
    private let label: String
    /// The lengths right and left of nothing, of the longest bars.
    private let most: Int64
    private let least: Int64

    private static let width: Int64 = 960
    private static let nameWidth: Int64 = 210
    private static let amountWidth: Int64 = 130
    private static let rowHeight = 34
    private static let barHeight = 18
    /// Characters of a name that have room; the whole name is in its title.
    private static let nameCharacters = 28

    /// - Parameter label: What it shows, for who does not see it, with where the same stands in words.
    package init(_ bars: [Bar], label: String) {
        self.bars = bars
        self.label = label
        let sums = bars.map { bar in
            bar.parts.reduce(into: (more: Int64(0), less: Int64(0))) { sums, part in
                if part.value > 0 { sums.more += part.value } else { sums.less -= part.value }
            }
        }
        most = sums.map(\.more).max() ?? 0
        least = sums.map(\.less).max() ?? 0
    }

    /// The drawing, as an `svg` element.
    package var svg: String {
        let height = bars.count * Self.rowHeight + 4
        var svg = "<svg class=\"months\" viewBox=\"0 0 \(Self.width) \(height)\" role=\"img\""
        svg += " aria-label=\"\(MarkupText.escaped(ShownText.line(label)))\">\n"
        for (index, bar) in bars.enumerated() { svg += drawing(of: bar, y: index * Self.rowHeight) }
        svg += "<line class=\"axis\" x1=\"\(zero)\" x2=\"\(zero)\" y1=\"0\" y2=\"\(height)\"/>\n"
        return svg + "</svg>"
    }

    private var room: Int64 { Self.width - Self.nameWidth - Self.amountWidth }

    private func length(_ units: Int64) -> Int64 {
        Int64(Int128(units) * Int128(room) / max(1, Int128(most) + Int128(least)))
    }

    private var zero: Int64 { Self.nameWidth + length(least) }

    private func drawing(of bar: Bar, y: Int) -> String {
        let middle = y + Self.rowHeight / 2 + 5
        let name = ShownText.line(bar.name)
        let shown =
            name.count <= Self.nameCharacters ? name : name.prefix(Self.nameCharacters - 1) + "\u{2026}"
        var svg = "<text x=\"0\" y=\"\(middle)\"><title>\(MarkupText.escaped(name))</title>"
        svg += "\(MarkupText.escaped(shown))</text>\n"
        var (more, less) = (Int64(0), Int64(0))
        for part in bar.parts {
            let units = part.value
            let start = units > 0 ? zero + length(more) : zero - length(less - units)
            let end = units > 0 ? zero + length(more + units) : zero - length(less)
            if units > 0 { more += units } else { less -= units }
            svg += "<rect class=\"\(part.style)\" x=\"\(start)\" y=\"\(y + 8)\" width=\"\(end - start)\""
            svg += " height=\"\(Self.barHeight)\"><title>"
            svg += "\(MarkupText.escaped(ShownText.line(part.title)))</title></rect>\n"
        }
        svg += "<text class=\"soft\" x=\"\(zero + length(more) + 8)\" y=\"\(middle)\">"
        return svg + "\(MarkupText.escaped(ShownText.line(bar.text)))</text>\n"
    }
}
