// The invoices of a month and the plain sums of its events, in turns, so that whatever else the machine does meets all.
//
// What the invoices charge is held against the plain sums: a fast wrong answer is none.

import Accounting
import Catalog
import Files
import Glibc

struct InvoiceComparison {
    let corpus: LedgerCorpus
    let sums: PlainSums
    let workFolder: String
    let repetitions: Int

    private var root: String { workFolder + "/site" }

    func figures() throws(BenchError) -> InvoiceFigures {
        let growth = try corpus.make()
        try sums.prepare()
        let hasDuckDB = sums.hasDuckDB
        if !hasDuckDB { Progress.say(PlainSums.advice) }
        _ = try sums.sqliteSeconds()
        if hasDuckDB { _ = try sums.duckDBSeconds() }
        var invoices: [NightWork.Cost] = []
        var sqlite: [Double] = []
        var duckDB: [Double] = []
        for number in 1...repetitions {
            try copy()
            sqlite.append(try sums.sqliteSeconds())
            if hasDuckDB { duckDB.append(try sums.duckDBSeconds()) }
            invoices.append(try NightWork(root: root).run(.invoices, asOf: LedgerCorpus.end))
            Progress.say(
                "\(number) of \(repetitions): invoices \(invoices.last?.seconds ?? 0) s, sqlite3 \(sqlite.last ?? 0) s, DuckDB \(duckDB.last ?? 0) s"
            )
        }
        try check()
        let documents = try NightWork(root: root).run(.documents, asOf: LedgerCorpus.end)
        let prints = try NightWork(root: root).run(.prints, asOf: LedgerCorpus.end)
        let events = try NightWork(root: root).run(.events, asOf: LedgerCorpus.end)
        return InvoiceFigures(
            eventCount: corpus.eventCount, facilityCount: corpus.facilityCount,
            invoiceCount: invoices.last?.account.count ?? 0, seconds: Statistics.median(invoices.map(\.seconds)),
            sqliteSeconds: Statistics.median(sqlite), duckDBSeconds: duckDB.isEmpty ? nil : Statistics.median(duckDB),
            peakByteCount: invoices.map(\.account.peakByteCount).max() ?? 0, documentSeconds: documents.seconds,
            documentCount: documents.account.count, printSeconds: prints.seconds, printCount: prints.account.count,
            eventFileSeconds: events.seconds,
            eventFileCount: events.account.count,
            filesPeakByteCount: max(documents.account.peakByteCount, events.account.peakByteCount), growth: growth)
    }

    /// The site as it was before the month was closed.
    private func copy() throws(BenchError) {
        try BenchError.wrap {
            if Paths.exists(root) { try OpenDirectory.open(workFolder).removeTree(FileName("site")) }
            try Paths.makeDirectories(root)
        }
        for name in ["pipelines", "spool", "archive"] {
            try ChildProcess.run("cp", ["-a", "--reflink=auto", corpus.root + "/" + name, "."], in: root)
        }
        sync()
    }

    private func check() throws(BenchError) {
        let site = try InvoiceSite.open(root)
        let expected = try sums.rows()
        try BenchError.wrap {
            let invoices = try site.catalog.invoices(month: LedgerCorpus.month)
            guard invoices.count == expected.count else {
                throw BenchError.wrongResult("\(invoices.count) invoices for \(expected.count) facilities")
            }
            for record in invoices {
                let invoice = record.invoice
                guard let row = expected[invoice.facility] else {
                    throw BenchError.wrongResult("\(invoice.facility) has no events")
                }
                let fees = invoice.lines.filter { $0.kind == .dataFee }
                let charged = fees.reduce(0) { $0 + $1.amount.minorUnits }
                let uses = try site.catalog.monthFacts(
                    MonthQuestion(
                        party: invoice.facility, month: LedgerCorpus.month, year: LedgerCorpus.month.year,
                        storageMinimumDays: 0)
                ).use
                let byteSeconds = uses.storage.reduce(0) { $0 + StorageRating(use: uses).byteSeconds(of: $1) }
                guard charged == row.charged, byteSeconds == Int128(row.byteSeconds) else {
                    throw BenchError.wrongResult(
                        "\(invoice.facility) is charged \(charged) for \(byteSeconds) byte-seconds, and the plain sum is \(row)"
                    )
                }
            }
            try site.catalog.close()
        }
    }
}
