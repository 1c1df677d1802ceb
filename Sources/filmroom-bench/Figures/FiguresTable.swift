// The figures as people read them: one line a case and form.

import Foundation

enum FiguresTable {
    private static let columns = [
        "case", "form", "files", "MB", "files/s", "MB/s", "limit MB/s", "digest MB/s", "ratio", "to receipt",
        "to whole", "CPU ratio", "peak MB", "CPU s",
    ]

    /// The table, with a line that names its columns.
    static func text(_ figures: [CaseFigures]) -> String {
        let rows = [columns] + figures.map(row)
        let widths = columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { line($0, widths) }.joined(separator: "\n")
    }

    private static func row(_ figures: CaseFigures) -> [String] {
        [
            figures.name, figures.form, "\(figures.fileCount)", number(Double(figures.byteCount) / 1e6, 1),
            number(figures.filesPerSecond, 0), number(figures.megabytesPerSecond, 0),
            number(figures.limitMegabytesPerSecond, 0), figures.digestMegabytesPerSecond.map { number($0, 0) } ?? "-",
            number(figures.ratio, 2), number(figures.receiptRatio, 2),
            number(figures.wholeReceiptRatio, 2), number(figures.processorRatio, 2),
            number(Double(figures.peakByteCount) / 1e6, 0), number(figures.processorSeconds, 2),
        ]
    }

    /// Names to the left, numbers to the right.
    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        cells.indices.map { column in
            let space = String(repeating: " ", count: widths[column] - cells[column].count)
            return column < 2 ? cells[column] + space : space + cells[column]
        }
        .joined(separator: "  ")
    }

    private static func number(_ value: Double, _ places: Int) -> String {
        String(format: "%.\(places)f", value)
    }
}
