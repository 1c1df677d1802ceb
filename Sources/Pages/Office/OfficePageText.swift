// The parts of an office's page as its template wants them. Pure.

enum OfficePageText {
    static func values(_ section: OfficePage.Section) -> [String: Any] {
        [
            "id": section.id, "title": section.title, "lead": ShownText.line(section.lead),
            "figures": section.figures.map { values($0) }, "tables": section.tables.map { values($0) },
        ]
    }

    private static func values(_ figure: OfficePage.Figure) -> [String: Any] {
        let svg =
            switch figure.plot {
            case .bars(let plot): plot.svg
            case .columns(let plot): plot.svg
            }
        return [
            "figureTitle": figure.title, "plot": svg, "hasKeys": !figure.keys.isEmpty,
            "keys": figure.keys.map { ["swatch": $0.style, "keyName": ShownText.line($0.name)] },
            "tables": [values(figure.table)],
        ]
    }

    private static func values(_ table: OfficePage.Table) -> [String: Any] {
        [
            "columns": table.columns.map {
                ["columnTitle": ShownText.line($0.title), "isNumber": $0.isNumber] as [String: Any]
            },
            "rows": table.rows.map { row in
                ["cells": zip(row, table.columns).enumerated().map { values($1.0, $1.1, isFirst: $0 == 0) }]
            },
            "hasRest": table.restCount > 0, "rest": String(table.restCount),
        ]
    }

    private static func values(
        _ cell: OfficePage.Cell, _ column: OfficePage.Table.Column, isFirst: Bool
    ) -> [String: Any] {
        [
            "isFirst": isFirst, "isNumber": column.isNumber, "text": ShownText.line(cell.text),
            "hasAddress": cell.address != nil, "address": cell.address ?? "", "hasNote": cell.note != nil,
            "note": ShownText.line(cell.note ?? ""),
        ]
    }
}
