// The figures of invoices, as a document and as text.

import Foundation

struct InvoiceFigures: Codable {
    let eventCount: Int
    let facilityCount: Int
    let invoiceCount: Int
    /// Medians, each of a whole run: of the program that rates and issues, of sqlite3, and of DuckDB's query.
    let seconds: Double
    let sqliteSeconds: Double
    /// nil where there is no DuckDB.
    let duckDBSeconds: Double?
    /// Of the program that rates and issues.
    let peakByteCount: Int64
    /// Publishing all files of the documents but the printed ones and the tables of single events.
    let documentSeconds: Double
    let documentCount: Int
    /// Printing the documents as PDF.
    let printSeconds: Double
    let printCount: Int
    /// Publishing those tables.
    let eventFileSeconds: Double
    let eventFileCount: Int
    /// Of the programs that publish.
    let filesPeakByteCount: Int64
    let growth: [LedgerGrowth]
    var history: [HistoryFigures] = []

    var text: String {
        var lines = [
            String(
                format: "%d invoices over %d events of %d facilities: %.2f s, peak %.0f MB", invoiceCount, eventCount,
                facilityCount, seconds, Double(peakByteCount) / 1e6),
            String(format: "sqlite3's plain sum: %.2f s, ratio %.2f", sqliteSeconds, seconds / sqliteSeconds),
        ]
        if let duckDBSeconds {
            lines.append(
                String(format: "DuckDB's plain sum: %.3f s, ratio %.2f", duckDBSeconds, seconds / duckDBSeconds))
        }
        lines += [
            String(format: "%d files of documents: %.1f s", documentCount, documentSeconds),
            String(format: "%d printed documents: %.1f s", printCount, printSeconds),
            String(
                format: "%d tables of single events: %.1f s; peak of both %.0f MB", eventFileCount, eventFileSeconds,
                Double(filesPeakByteCount) / 1e6),
        ]
        lines += growth.map {
            String(
                format: "one more event at %d: %.2f ms committed alone, %.0f µs among a thousand", $0.eventCount,
                $0.committedMilliseconds, $0.microseconds)
        }
        lines += history.map {
            String(
                format:
                    "with %d documents: closing night %.2f s, night of drafts %.2f s, quiet night %.2f s, peak %.0f MB",
                $0.documentCount, $0.closingSeconds, $0.draftSeconds, $0.quietSeconds, Double($0.peakByteCount) / 1e6)
        }
        return lines.joined(separator: "\n")
    }
}
