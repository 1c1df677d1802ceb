// `filmroom-bench liaison`: linking charts and exams beside a straightforward script of Python and SQLite.

import ArgumentParser
import Files

struct LiaisonBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "liaison",
        abstract: "Compares the linking of charts and exams with a script of Python and SQLite.",
        discussion: """
            It makes a list of entries and a list of exams, and runs in turns, each whole from the first row read to the last \
            link told: `filmroom liaison --entries --exams`, and a script that puts the lists into tables with indexes and joins \
            them by the same rules. Both must say the same. Then it lets a site's catalogue grow to that size by drops, and \
            measures at several sizes what one more drop of a chart costs, committed and linked.
            """)

    @Option(help: "The folder for the lists and the site.")
    var folder = WorkFolder.usualBase

    @Option(help: "The program filmroom (default: the one beside this program).")
    var program: String?

    @Option(help: "A Python 3 with sqlite3.")
    var python = "python3"

    @Option(help: "How many entries.")
    var entries = 500_000

    @Option(help: "How many exams.")
    var exams = 100_000

    @Option(help: "Runs of each.")
    var `repeat` = 5

    @Flag(inversion: .prefixedNo, help: "Also let a catalogue grow.")
    var catalog = true

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard entries >= 1000, exams >= 1000, `repeat` > 0 else {
            throw ValidationError("--entries and --exams are 1000 or more, --repeat larger than 0")
        }
    }

    func run() throws {
        try BenchError.wrap { try Paths.makeDirectories(folder) }
        guard let base = Paths.real(folder) else { throw BenchError.failed("\(folder) is gone") }
        let figures = try WorkFolder.with(below: base) { (folder) throws(BenchError) in
            let corpus = ChartCorpus(entryCount: entries, examCount: exams)
            var figures = try LiaisonComparison(
                corpus: corpus, folder: folder,
                program: program ?? Paths.parent(of: ChildProcess.ownPath) + "/filmroom", python: python,
                repetitions: `repeat`
            ).figures()
            if catalog {
                figures.catalog = try ChartSite(root: folder + "/site", corpus: corpus).growth(
                    [entries / 100, entries / 10, entries].filter { $0 > 0 })
            }
            return figures
        }
        if json { try Results.print(json: figures) } else { Results.print(figures.text) }
    }
}
