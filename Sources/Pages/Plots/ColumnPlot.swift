// Columns that stand: one for each day or month, its parts on one another, to one scale from nothing. Pure.
//
// Heights are worked out in whole numbers of the drawing.

/// Draws them.
package struct ColumnPlot: Sendable {
    /// One column.
    package struct Column: Sendable, Equatable {
        /// Below it; empty for none.
        package let mark: String
        package let parts: [PlotPart]
        /// What a pointer is told of the whole.
        package let title: String

        package init(mark: String, parts: [PlotPart], title: String) {
            self.mark = mark
            self.parts = parts
            self.title = title
        }
    }

    private let columns: [Column]
    private let label: String
    private let most: String
    private let highest: Int64

    private static let width = 960
    private static let height = 150
    private static let markHeight = 24
    private static let headHeight = 20
    private static let gap = 4
    private static let widestColumn = 60

    /// - Parameters:
    ///   - most: What the highest column comes to, in words: the scale.
    ///   - label: What it shows, for who does not see it, with where the same stands in words.
    package init(_ columns: [Column], most: String, label: String) {
        self.columns = columns
        self.most = most
        self.label = label
        highest = columns.map { $0.parts.reduce(0) { $0 + max(0, $1.value) } }.max() ?? 0
    }

    /// The drawing, as an `svg` element.
    package var svg: String {
        let whole = Self.headHeight + Self.height + Self.markHeight
        var svg = "<svg class=\"months\" viewBox=\"0 0 \(Self.width) \(whole)\" role=\"img\""
        svg += " aria-label=\"\(MarkupText.escaped(ShownText.line(label)))\">\n"
        let top = Self.headHeight
        let bottom = top + Self.height
        svg += "<line class=\"axis faint\" x1=\"0\" x2=\"\(Self.width)\" y1=\"\(top)\" y2=\"\(top)\"/>\n"
        svg += "<text class=\"soft\" x=\"0\" y=\"\(top - 6)\">\(MarkupText.escaped(ShownText.line(most)))</text>\n"
        for (index, column) in columns.enumerated() { svg += drawing(of: column, at: index, bottom: bottom) }
        svg += "<line class=\"axis\" x1=\"0\" x2=\"\(Self.width)\" y1=\"\(bottom)\" y2=\"\(bottom)\"/>\n"
        return svg + "</svg>"
    }

    private func drawing(of column: Column, at index: Int, bottom: Int) -> String {
        let room = Self.width / max(1, columns.count)
        let wide = min(Self.widestColumn, max(2, room - Self.gap))
        let x = index * room + (room - wide) / 2
        var svg = "<g><title>\(MarkupText.escaped(ShownText.line(column.title)))</title>\n"
        var below: Int64 = 0
        for part in column.parts where part.value > 0 {
            let top = bottom - height(below + part.value)
            svg += "<rect class=\"\(part.style)\" x=\"\(x)\" y=\"\(top)\" width=\"\(wide)\""
            svg += " height=\"\(bottom - height(below) - top)\"><title>"
            svg += "\(MarkupText.escaped(ShownText.line(part.title)))</title></rect>\n"
            below += part.value
        }
        if !column.mark.isEmpty {
            svg += "<text class=\"soft\" x=\"\(x + wide / 2)\" y=\"\(bottom + 17)\" text-anchor=\"middle\">"
            svg += "\(MarkupText.escaped(ShownText.line(column.mark)))</text>\n"
        }
        return svg + "</g>\n"
    }

    private func height(_ units: Int64) -> Int {
        Int(Int128(units) * Int128(Self.height) / max(1, Int128(highest)))
    }
}
