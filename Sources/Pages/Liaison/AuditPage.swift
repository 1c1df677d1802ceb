// The page that tells a facility what of its charts and exams needs somebody's eye. One file without scripts.
//
// Links lead to the patients' own pages beside it.

/// The audit of a facility's links.
package struct AuditPage: Sendable, Equatable {
    /// One line of a list.
    package struct Line: Sendable, Equatable {
        package var patientID: String
        /// `NORTHSIDE_P-1/index.html#entry=E1`, percent-encoded; nil where there is no page.
        package var address: String?
        package var what: String
        package var why: String

        package init(patientID: String, address: String?, what: String, why: String) {
            self.patientID = patientID
            self.address = address
            self.what = what
            self.why = why
        }
    }

    /// The findings of one kind.
    package struct List: Sendable, Equatable {
        package var title: String
        /// All of them, of which `lines` has the first.
        package var count: Int
        package var lines: [Line]

        package init(title: String, count: Int, lines: [Line]) {
            self.title = title
            self.count = count
            self.lines = lines
        }
    }

    package var facilityName: String
    /// `12 patients`, `40 entries` …
    package var figures: [String]
    package var lists: [List]

    package init(facilityName: String, figures: [String], lists: [List]) {
        self.facilityName = facilityName
        self.figures = figures
        self.lists = lists
    }

    /// The page; the same values give the same bytes.
    package func html() -> [UInt8] {
        let lists: [[String: Any]] = lists.enumerated().map { number, list in
            [
                "id": "list\(number + 1)", "title": list.title, "count": String(list.count),
                "isEmpty": list.lines.isEmpty,
                "rest": list.count > list.lines.count ? String(list.count - list.lines.count) : "",
                "hasRest": list.count > list.lines.count,
                "lines": list.lines.map { line in
                    [
                        "patient": ShownText.line(line.patientID), "address": line.address ?? "",
                        "hasAddress": line.address != nil, "what": ShownText.line(line.what),
                        "why": ShownText.line(line.why),
                    ] as [String: Any]
                },
            ]
        }
        let values: [String: Any] = [
            "policy": ReportStyles.policy, "styles": ReportStyles.text, "facility": ShownText.line(facilityName),
            "figures": figures.joined(separator: ", "), "lists": lists,
        ]
        return Array(PageTemplate.audit.render(values).utf8)
    }
}
