// The page that tells a management office how its service stands. One file without scripts; everything on it is in these
// values, and every address leads to a file beside it or to a place in it.

/// How a service stands.
package struct OfficePage: Sendable, Equatable {
    /// One field of a table.
    package struct Cell: Sendable, Equatable {
        package let text: String
        /// Below it, smaller.
        package let note: String?
        /// Relative to the page, percent-encoded; nil where it leads nowhere.
        package let address: String?

        package init(_ text: String, note: String? = nil, address: String? = nil) {
            self.text = text
            self.note = note
            self.address = address
        }
    }

    /// Facts in rows.
    package struct Table: Sendable, Equatable {
        package struct Column: Sendable, Equatable {
            package let title: String
            package let isNumber: Bool

            package init(_ title: String, isNumber: Bool = false) {
                self.title = title
                self.isNumber = isNumber
            }
        }

        package let columns: [Column]
        /// Each with a cell for each column; the first names the row.
        package let rows: [[Cell]]
        /// Rows that are left out.
        package let restCount: Int

        package init(_ columns: [Column], rows: [[Cell]], restCount: Int = 0) {
            self.columns = columns
            self.rows = rows
            self.restCount = restCount
        }
    }

    /// A drawing.
    package enum Plot: Sendable {
        case bars(BarPlot), columns(ColumnPlot)
    }

    /// A drawing with what its colours stand for.
    package struct Figure: Sendable {
        package let title: String
        package let plot: Plot
        package let keys: [PlotKey]
        /// The same in numbers.
        package let table: Table

        package init(title: String, plot: Plot, keys: [PlotKey], table: Table) {
            self.title = title
            self.plot = plot
            self.keys = keys
            self.table = table
        }
    }

    /// One concern.
    package struct Section: Sendable {
        /// By which the page leads to it.
        package let id: String
        package let title: String
        /// What there is, in sentences.
        package let lead: String
        package let figures: [Figure]
        package let tables: [Table]

        package init(id: String, title: String, lead: String, figures: [Figure] = [], tables: [Table] = []) {
            self.id = id
            self.title = title
            self.lead = lead
            self.figures = figures
            self.tables = tables
        }
    }

    /// A number at the head of the page.
    package struct Glance: Sendable, Equatable {
        package let number: String
        package let name: String
        package let note: String
        /// The section that has it.
        package let section: String
        /// Whether somebody should look.
        package let isAlert: Bool

        package init(number: String, name: String, note: String, section: String, isAlert: Bool) {
            self.number = number
            self.name = name
            self.note = note
            self.section = section
            self.isAlert = isAlert
        }
    }

    /// A page beside this one.
    package struct Link: Sendable, Equatable {
        package let title: String
        package let address: String

        package init(title: String, address: String) {
            self.title = title
            self.address = address
        }
    }

    private let siteName: String
    private let glances: [Glance]
    private let sections: [Section]
    private let links: [Link]
    private let renewal: String

    package static func == (left: OfficePage, right: OfficePage) -> Bool {
        left.html(asOf: "") == right.html(asOf: "")
    }

    /// - Parameter renewal: How often it is looked at, in words.
    package init(siteName: String, glances: [Glance], sections: [Section], links: [Link], renewal: String) {
        self.siteName = siteName
        self.glances = glances
        self.sections = sections
        self.links = links
        self.renewal = renewal
    }

    /// The page; the same values give the same bytes.
    ///
    /// - Parameter instant: When it is made, ISO 8601 with offset.
    package func html(asOf instant: String) -> [UInt8] {
        let values: [String: Any] = [
            "policy": ReportStyles.policy, "styles": ReportStyles.text, "site": ShownText.line(siteName),
            "asOf": ShownText.time(instant), "renewal": renewal,
            "glances": glances.map { glance in
                [
                    "value": glance.number, "label": glance.name, "remark": ShownText.line(glance.note),
                    "place": glance.section, "isAlert": glance.isAlert,
                ] as [String: Any]
            },
            "sections": sections.map { OfficePageText.values($0) },
            "hasLinks": !links.isEmpty,
            "links": links.map { ["linkTitle": ShownText.line($0.title), "address": $0.address] },
        ]
        return Array(PageTemplate.office.render(values).utf8)
    }
}
