// SetRow owns a row of cells that are set, and how much of it goes on a page.

internal import Paper

/// A row whose texts are broken into lines.
struct SetRow {
    /// One line of one cell.
    struct Line {
        let text: SetText
        let index: Int
        /// Points from the left of the page.
        let x: Double

        var height: Double { text.lineHeights[index] }
    }

    /// The lines of each cell, from top to bottom.
    private(set) var cells: [[Line]]

    /// Points between the columns.
    private static let gap = 8.0

    init(_ cells: [PaperGrid.Cell], columns: [PaperGrid.Column], fonts: SiteFonts) {
        var x = SheetSize.left
        self.cells = []
        for (cell, column) in zip(cells, columns) {
            let width = column.share * SheetSize.measure
            let isLast = self.cells.count + 1 == columns.count
            let texts = cell.texts.map {
                SetText($0, width: max(1, isLast ? width : width - Self.gap), isRight: column.isRight, fonts: fonts)
            }
            self.cells.append(
                texts.flatMap { text in text.lineHeights.indices.map { Line(text: text, index: $0, x: x) } })
            x += width
        }
    }

    private init(cells: [[Line]]) {
        self.cells = cells
    }

    var height: Double { cells.map { $0.reduce(0) { $0 + $1.height } }.max() ?? 0 }

    var hasUnknown: Bool { cells.joined().contains { $0.text.hasUnknown } }

    var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }

    /// Takes the lines off that fit into a height; each cell's are taken by themselves.
    ///
    /// - Parameter atLeastOne: Whether a line is taken that is higher than all there is.
    mutating func take(height: Double, atLeastOne: Bool) -> SetRow {
        var taken: [[Line]] = []
        for index in cells.indices {
            var left = height
            let lines = cells[index].prefix { line in
                defer { left -= line.height }
                return line.height <= left
            }
            let count = max(lines.count, atLeastOne ? 1 : 0)
            taken.append(Array(cells[index].prefix(count)))
            cells[index].removeFirst(min(count, cells[index].count))
        }
        return SetRow(cells: taken)
    }
}
