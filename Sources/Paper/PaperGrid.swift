// PaperGrid owns rows of cells in columns: a table, or what stands side by side.

/// Rows and columns.
package struct PaperGrid: Codable, Equatable, Sendable {
    package struct Column: Codable, Equatable, Sendable {
        /// Its part of the width of the page, 0 to 1.
        package var share: Double
        /// Whether its texts end at its right side, as figures do.
        package var isRight: Bool

        package init(_ share: Double, isRight: Bool = false) {
            self.share = share
            self.isRight = isRight
        }
    }

    /// What is below each other in one column of one row.
    package struct Cell: Codable, Equatable, Sendable {
        package var texts: [PaperText]

        package init(_ texts: [PaperText]) {
            self.texts = texts
        }

        package init(_ text: String, _ style: PaperText.Style = .body) {
            texts = [PaperText(text, style)]
        }
    }

    package var columns: [Column]
    /// The names of the columns, again on each page; nil where they need none.
    package var header: [String]?
    /// As many cells as there are columns in each.
    package var rows: [[Cell]]
    /// Whether a rule is drawn below each row.
    package var isRuled: Bool
    /// Whether it starts on a new page rather than be broken, where it fits on one.
    package var staysTogether: Bool

    package init(
        columns: [Column], header: [String]? = nil, rows: [[Cell]], isRuled: Bool = true, staysTogether: Bool = false
    ) {
        self.columns = columns
        self.header = header
        self.rows = rows
        self.isRuled = isRuled
        self.staysTogether = staysTogether
    }
}
