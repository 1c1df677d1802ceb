// Composition owns the way of a document through the pages: what is on which page, and where.
//
// It goes twice: first without sheets, to know how many pages there are and whether every character has a font, then on
// sheets. Both ways break at the same places, because they set the same texts.
// Invariants: a heading is not the last thing on a page; a row is broken only when no page holds it whole.

internal import Paper

/// One way through a document.
struct Composition {
    private let document: PaperDocument
    private let fonts: SiteFonts
    /// Nil to only count.
    private let sheets: Sheets?
    /// What is said beside each page's number; nil while it is not known.
    private let pageCount: Int?
    private(set) var page = 1
    private var y = SheetSize.top
    private var header: SetRow?
    /// Characters that no font has, each once.
    private(set) var unknown: [Unicode.Scalar] = []

    /// What has to follow a heading on its page.
    private static let leastAfterHeading = 64.0
    private static let rowPadding = 3.0
    /// Of rows without rules, which belong together.
    private static let closePadding = 0.8
    /// More are not named.
    private static let unknownLimit = 20

    init(_ document: PaperDocument, fonts: SiteFonts, sheets: Sheets? = nil, pageCount: Int? = nil) {
        self.document = document
        self.fonts = fonts
        self.sheets = sheets
        self.pageCount = pageCount
    }

    /// Goes through.
    mutating func run() {
        for text in [document.title, document.footer] {
            note(SetRow([.init(text)], columns: [.init(1)], fonts: fonts), [.init(text)])
        }
        for block in document.blocks {
            switch block {
            case .text(let text): place(text)
            case .grid(let grid): place(grid)
            }
        }
        endPage()
    }

    private mutating func place(_ text: PaperText) {
        let style = TextStyle(text.style)
        if y > SheetSize.top { y += style.spaceBefore }
        let row = set([PaperGrid.Cell([text])], columns: [.init(1)])
        let least = text.style == .heading ? row.height + Self.leastAfterHeading : 0
        if y + least > SheetSize.bottom { turn() }
        if text.style == .heading { sheets?.bookmark(text.text, page: page, at: y) }
        place(row, after: style.spaceAfter)
    }

    private mutating func place(_ grid: PaperGrid) {
        let padding = grid.isRuled ? Self.rowPadding : Self.closePadding
        if grid.staysTogether {
            let height = grid.rows.reduce(0) { $0 + set($1, columns: grid.columns).height + 2 * padding }
            if y + height > SheetSize.bottom, height <= SheetSize.bodyHeight { turn() }
        }
        begin(grid)
        for cells in grid.rows {
            let row = set(cells, columns: grid.columns)
            place(row, padding: padding, after: padding)
            if grid.isRuled { sheets?.rule(at: y, thickness: 0.4, grey: 0.8) }
        }
        header = nil
        y += 4
    }

    /// Draws a table's header, on the page of its first row.
    private mutating func begin(_ grid: PaperGrid) {
        guard let names = grid.header else { return }
        let header = set(names.map { PaperGrid.Cell($0, .label) }, columns: grid.columns)
        let first = grid.rows.first.map { set($0, columns: grid.columns).height } ?? 0
        let least = header.height + 4 * Self.rowPadding + min(first, SheetSize.bodyHeight / 4)
        if y + least > SheetSize.bottom { turn() }
        draw(header: header)
        self.header = header
    }

    private mutating func draw(header: SetRow) {
        y += Self.rowPadding
        sheets?.draw(header, at: y)
        y += header.height + Self.rowPadding
        sheets?.rule(at: y, thickness: 0.8, grey: 0.2)
    }

    /// Places a row on this page or the next; one that is higher than a page goes on over several.
    private mutating func place(_ row: SetRow, padding: Double = 0, after: Double) {
        let headerHeight = header.map { $0.height + 2 * Self.rowPadding } ?? 0
        let most = SheetSize.bodyHeight - headerHeight - padding - after
        var rest = row
        if y + padding + row.height + after > SheetSize.bottom, row.height <= most { turn() }
        y += padding
        while rest.height > SheetSize.bottom - y - after {
            let isTop = y <= SheetSize.top + headerHeight + padding
            let part = rest.take(height: SheetSize.bottom - y - after, atLeastOne: isTop)
            sheets?.draw(part, at: y)
            guard !rest.isEmpty else { break }
            turn()
            y += padding
        }
        sheets?.draw(rest, at: y)
        y += rest.height + after
    }

    /// Sets a row, and notes what no font has.
    private mutating func set(_ cells: [PaperGrid.Cell], columns: [PaperGrid.Column]) -> SetRow {
        let row = SetRow(cells, columns: columns, fonts: fonts)
        note(row, cells)
        return row
    }

    private mutating func note(_ row: SetRow, _ cells: [PaperGrid.Cell]) {
        guard row.hasUnknown, sheets == nil else { return }
        for scalar in cells.flatMap(\.texts).flatMap(\.text.unicodeScalars)
        where unknown.count < Self.unknownLimit && !unknown.contains(scalar) {
            let alone = PaperText(String(Character(scalar)))
            if SetText(alone, width: SheetSize.measure, isRight: false, fonts: fonts).hasUnknown {
                unknown.append(scalar)
            }
        }
    }

    private mutating func turn() {
        endPage()
        page += 1
        y = SheetSize.top
        if let header { draw(header: header) }
    }

    private mutating func endPage() {
        guard let sheets, let pageCount else { return }
        sheets.rule(at: SheetSize.foot, thickness: 0.4, grey: 0.8)
        let foot = SetRow(
            [.init(document.footer, .note), .init("Page \(page) of \(pageCount)", .note)],
            columns: [.init(0.8), .init(0.2, isRight: true)], fonts: fonts)
        sheets.draw(foot, at: SheetSize.foot + 5)
        sheets.turn()
    }
}
