// The kappa of every two readers as a square of coloured fields, with the number in each. Pure.
//
// Owns its measures. Names come escaped; what a colour says is the number in it.

struct AgreementMatrix {
    private let readers: [ReaderFigures]
    private let kappas: [String: [String: PairFigures]]

    private static let cellWidth = 84
    private static let cellHeight = 40
    private static let nameWidth = 170
    private static let headHeight = 30
    /// Characters of a name that have room; the whole name is in the title.
    private static let rowCharacters = 22
    private static let columnCharacters = 11

    init(_ figures: ReadingFigures) {
        readers = figures.readers
        var kappas: [String: [String: PairFigures]] = [:]
        for pair in figures.pairs {
            kappas[pair.first, default: [:]][pair.second] = pair
            kappas[pair.second, default: [:]][pair.first] = pair
        }
        self.kappas = kappas
    }

    var svg: String {
        let width = Self.nameWidth + readers.count * Self.cellWidth
        let height = Self.headHeight + readers.count * Self.cellHeight
        var svg =
            "<svg class=\"matrix\" viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\" role=\"img\""
        svg += " aria-label=\"Cohen\u{2019}s kappa of every two readers; the table below has the same numbers\">\n"
        for (index, reader) in readers.enumerated() {
            let x = Self.nameWidth + index * Self.cellWidth + Self.cellWidth / 2
            svg += "<text class=\"soft\" x=\"\(x)\" y=\"18\" text-anchor=\"middle\">"
            svg += name(reader.id, Self.columnCharacters) + "</text>\n"
        }
        for (row, reader) in readers.enumerated() {
            let y = Self.headHeight + row * Self.cellHeight
            svg += "<text x=\"0\" y=\"\(y + Self.cellHeight / 2 + 5)\">\(name(reader.id, Self.rowCharacters))</text>\n"
            for (column, other) in readers.enumerated() { svg += cell(reader.id, other.id, column: column, y: y) }
        }
        return svg + "</svg>"
    }

    private func cell(_ reader: String, _ other: String, column: Int, y: Int) -> String {
        let x = Self.nameWidth + column * Self.cellWidth
        let pair = kappas[reader]?[other]
        let value = pair?.kappa?.value
        let level = value.map(Self.level)
        let rect =
            "<rect class=\"cell \(level.map { "k\($0)" } ?? "none")\" x=\"\(x)\" y=\"\(y)\" width=\"\(Self.cellWidth)\" height=\"\(Self.cellHeight)\"/>"
        guard reader != other, let pair else { return rect + "\n" }
        let text = value.map { ShownText.fixed($0, 2) } ?? "\u{2013}"
        let title = "\(reader) and \(other): \(text), \(pair.itemCount) read by both"
        let ink = level == 4 ? " class=\"onDark\"" : ""
        return rect
            + "<text\(ink) x=\"\(x + Self.cellWidth / 2)\" y=\"\(y + Self.cellHeight / 2 + 5)\" text-anchor=\"middle\">"
            + "<title>\(MarkupText.escaped(ShownText.line(title)))</title>\(text)</text>\n"
    }

    /// Fields are as dark as agreement is high; below 0 it is less than chance gives.
    private static func level(_ kappa: Double) -> Int {
        kappa < 0 ? 0 : kappa < 0.4 ? 1 : kappa < 0.6 ? 2 : kappa < 0.8 ? 3 : 4
    }

    private func name(_ id: String, _ room: Int) -> String {
        let line = ShownText.line(id)
        let shown = line.count <= room ? line : line.prefix(room - 1) + "\u{2026}"
        return "<title>\(MarkupText.escaped(line))</title>" + MarkupText.escaped(shown)
    }
}
