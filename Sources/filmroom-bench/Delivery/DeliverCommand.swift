// `filmroom-bench deliver`: deliveries beside reading, hashing and writing the same bytes, on this machine.

import ArgumentParser
import Files
import Foundation

struct DeliverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "Compares deliveries with reading, hashing and writing the same bytes.",
        discussion: """
            For each case it fills a site, then runs in turns: the same images read, hashed with SHA-256, written and made \
            durable by plain code, with one thread a core and on one thread; the delivery of all exams at full density with \
            all rights, with the page and its stored values; one thread that reads, hashes and writes all files of that \
            delivery; and their delivery at half density. `ratio` is the time of the full delivery to that of the plain \
            code, medians of all rounds; MB are those of the stored images.
            """)

    @Option(help: "The folder for the corpus and the site.")
    var corpus = WorkFolder.usualBase

    @Option(help: "Cases: small,ct,mammography.")
    var cases = "ct,mammography"

    @Option(help: "The share of each case's files.")
    var scale = 1.0

    @Option(help: "Rounds for each case.")
    var `repeat` = 3

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard scale > 0, `repeat` > 0 else { throw ValidationError("--scale and --repeat are larger than 0") }
        _ = try CorpusCase.list(cases)
    }

    func run() throws {
        try BenchError.wrap { try Paths.makeDirectories(corpus) }
        guard let base = Paths.real(corpus) else { throw BenchError.failed("\(corpus) is gone") }
        let cases = try CorpusCase.list(cases)
        let figures = try WorkFolder.with(below: base) { (folder) throws(BenchError) in
            let corpus = try Corpus(folder: base, scale: scale)
            var figures: [DeliveryFigures] = []
            for kind in cases {
                let comparison = DeliveryComparison(
                    drop: try corpus.drop(kind, .tar), files: try corpus.drop(kind, .folder), workFolder: folder,
                    repetitions: `repeat`)
                figures.append(try comparison.figures())
            }
            return figures
        }
        if json { try Results.print(json: figures) } else { Results.print(DeliveryFigures.text(figures)) }
    }
}
