// `filmroom-bench tier`: moving exams between tiers beside `tar | zstd` and one read back, on this machine.

import ArgumentParser
import Files
import Foundation

struct TierBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tier",
        abstract: "Compares demotion and recall with tar, zstd and one read back.",
        discussion: """
            For each case it fills a site, then runs in turns: `tar | zstd -3 -T2` of the same packs, sync, and one \
            `zstd -d` of what was written, from the medium; the demotion of all exams; and their recall. Demotion and recall are programs \
            of their own, which read back from the medium, compare every byte, and commit pack by pack. `ratio` is the \
            time of the demotion to that of the pipe, medians of all pairs; MB are those of the packs.
            """)

    @Option(help: "The folder for the corpus and the site.")
    var corpus = WorkFolder.usualBase

    @Option(help: "Cases: small,ct,mammography.")
    var cases = "ct,mammography"

    @Option(help: "The share of each case's files.")
    var scale = 1.0

    @Option(help: "Pairs of runs for each case.")
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
            var figures: [TierFigures] = []
            for kind in cases {
                let drop = try corpus.drop(kind, .tar)
                figures.append(
                    try TierComparison(drop: drop, workFolder: folder, repetitions: `repeat`).figures())
            }
            return figures
        }
        if json { try Results.print(json: figures) } else { Results.print(TierFigures.text(figures)) }
    }
}
