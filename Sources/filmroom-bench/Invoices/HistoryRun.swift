// A night's work on a site that has few documents, and on one that has many: what was issued years ago costs nothing.

import Accounting
import Catalog
import Files
import Pipeline
import Stages

struct HistoryRun {
    let root: String
    let facilityCount: Int
    let monthCount: Int

    private static let first = BillingMonth(year: 2010, month: 1)
    /// Nights are measured after so many months, and at the end.
    private static let early = 2

    func figures() throws(BenchError) -> [HistoryFigures] {
        let facilities = InvoiceSite.facilities(facilityCount)
        _ = try InvoiceSite.make(root: root, facilities: facilities, rentals: true)
        var figures: [HistoryFigures] = []
        var month = Self.first
        // The site begins when something is noted in it for the first time.
        let site = try InvoiceSite.open(root, asOf: "\(month)-01T00:00:00+09:00")
        try BenchError.wrap {
            try site.catalog.meter([
                .movement(
                    StorageMovement(
                        id: "stored:first", kind: .stored, party: facilities[0], atSeconds: site.clock.seconds,
                        exam: "first", cause: "first", tier: "fast", byteCount: 1))
            ])
            try site.catalog.close()
        }
        for number in 1...monthCount {
            month = month.next
            let closing = try night("\(month)-01T03:00:00+09:00")
            guard number == Self.early || number == monthCount else { continue }
            let running = try night("\(month)-02T03:00:00+09:00")
            let again = try night("\(month)-02T03:00:00+09:00")
            Progress.say("\(number) months of \(facilityCount) facilities: a night takes \(again.seconds) s")
            figures.append(
                HistoryFigures(
                    documentCount: number * facilityCount, closingSeconds: closing.seconds,
                    draftSeconds: running.seconds, quietSeconds: again.seconds, peakByteCount: closing.peak))
        }
        return figures
    }

    /// Invoices, drafts and books of one night, as one program; files of documents are not published.
    private func night(_ asOf: String) throws(BenchError) -> (seconds: Double, peak: Int64) {
        let cost = try NightWork(root: root).run(.books, asOf: asOf)
        return (cost.seconds, cost.account.peakByteCount)
    }
}

/// Nights at one size of a site's history.
struct HistoryFigures: Codable {
    let documentCount: Int
    /// The night on which a month of every facility is closed.
    let closingSeconds: Double
    /// A night that puts every facility's draft anew.
    let draftSeconds: Double
    /// A night on which nothing is new.
    let quietSeconds: Double
    let peakByteCount: Int64
}
