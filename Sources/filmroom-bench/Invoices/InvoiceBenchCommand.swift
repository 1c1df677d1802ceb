// `filmroom-bench invoice`: the invoices of a month beside the plain sum of its events, on this machine.

import ArgumentParser
import Files

struct InvoiceBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoice",
        abstract: "Compares invoicing with plain sums over the same events.",
        discussion: """
            It makes a site with a usage ledger of one month, as acts write it, and keeps it in the folder for the next time; on \
            the way it measures what one more act costs. Then it runs in turns: the plain sum by facility in sqlite3, the same \
            in DuckDB where the Python has it, each over a table with only the columns that it sums; and a program that rates and \
            issues the invoices of all facilities, from its start to its end. What they charge is held against the sums. Files are \
            published by programs of their own afterwards. At last it measures nights on a site with few and with many documents.
            """)

    @Option(help: "The folder for the ledger and the sites.")
    var folder = WorkFolder.usualBase

    @Option(help: "How many events the month has.")
    var events = 10_000_000

    @Option(help: "How many facilities.")
    var facilities = 500

    @Option(help: "How many months of documents the site with many has; 0 leaves it out.")
    var historyMonths = 120

    @Option(help: "Runs of each.")
    var `repeat` = 3

    @Option(help: "A Python that has duckdb.")
    var python = "python3"

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard events >= 10_000, facilities > 0, `repeat` > 0, historyMonths >= 0 else {
            throw ValidationError(
                "--events is 10000 or more, --facilities and --repeat are larger than 0, --history-months not below 0")
        }
    }

    func run() throws {
        try BenchError.wrap { try Paths.makeDirectories(folder) }
        guard let base = Paths.real(folder) else { throw BenchError.failed("\(folder) is gone") }
        let figures = try WorkFolder.with(below: base) { (folder) throws(BenchError) in
            let corpus = LedgerCorpus(folder: base, eventCount: events, facilityCount: facilities)
            let sums = PlainSums(corpus: corpus, python: python)
            var figures = try InvoiceComparison(
                corpus: corpus, sums: sums, workFolder: folder, repetitions: `repeat`
            ).figures()
            if historyMonths > 0 {
                figures.history = try HistoryRun(
                    root: folder + "/history", facilityCount: facilities, monthCount: historyMonths
                ).figures()
            }
            return figures
        }
        if json { try Results.print(json: figures) } else { Results.print(figures.text) }
    }
}
