// `filmroom-bench ingest`: the intake of bundles beside the physical limit, on this machine.

import ArgumentParser
import Files

struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Compares the intake of attested bundles with what the machine allows at all.",
        discussion: """
            For each case and form it makes the bundle (kept, and used again), then runs in turns: the limit, which \
            reads the same bytes, hashes them with SHA-256, writes them and makes them durable, with one thread a core; \
            and the ingest, in a fresh site. Both find the bytes in memory.

            Bytes are those of the images, whatever the form. `ratio` is the time of the ingest's program from its start \
            to its end to the limit's, the median of all pairs; `to receipt` ends at the receipt and leaves out the \
            start of the program and the removal of the source. The limit shares the parts of a tar among its threads, which \
            no check of the tar's attestation can do; `to whole` is the time to the receipt to that of a limit that hashes \
            each dropped file from front to back on one thread. `CPU ratio` compares the processors' time. `digest` is one SHA-256 over the dropped file, on one \
            thread, which no check of an attestation goes without.

            zip needs the program zip, tar.zst the program zstd.
            """)

    @Option(help: "The folder for corpus and work; it decides which disk is measured.")
    var corpus = WorkFolder.usualBase

    @Option(help: "Cases: small,ct,mammography.")
    var cases = "small,ct,mammography"

    @Option(help: "Forms: tar,folder,zip,tar.zst.")
    var forms = "tar,folder,zip,tar.zst"

    @Option(help: "Share of each case's files: 1.0 for 20,000 small ones, 1,000 slices, 30 mammograms.")
    var scale = 1.0

    @Option(help: "Facilities that drop the same bundle at the same time: 1 or 2.")
    var facilities = 1

    @Option(help: "Pairs of runs for each case and form.")
    var `repeat` = 3

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard scale > 0, `repeat` > 0, facilities > 0 else {
            throw ValidationError("--scale, --repeat and --facilities are larger than 0")
        }
        _ = try chosen(cases, as: CorpusCase.self)
        _ = try chosen(forms, as: DropForm.self)
    }

    func run() throws {
        try BenchError.wrap { try Paths.makeDirectories(corpus) }
        guard let base = Paths.real(corpus) else { throw BenchError.failed("\(corpus) is gone") }
        let cases = try chosen(cases, as: CorpusCase.self)
        let forms = try chosen(forms, as: DropForm.self)
        let figures = try WorkFolder.with(below: base) { (folder) throws(BenchError) in
            try measure(cases, forms, corpus: try Corpus(folder: base, scale: scale), workFolder: folder)
        }
        if json { try Results.print(json: figures) } else { Results.print(FiguresTable.text(figures)) }
    }

    private func measure(
        _ cases: [CorpusCase], _ forms: [DropForm], corpus: Corpus, workFolder: String
    ) throws(BenchError) -> [CaseFigures] {
        var figures: [CaseFigures] = []
        for kind in cases {
            for form in forms {
                let drop = try corpus.drop(kind, form)
                let comparison = Comparison(
                    drop: drop, workFolder: workFolder, repetitions: `repeat`, facilities: facilities)
                figures.append(try comparison.figures())
            }
        }
        return figures
    }

    /// The values that a list with commas names.
    private func chosen<Value: RawRepresentable & CaseIterable>(
        _ list: String, as type: Value.Type
    ) throws -> [Value] where Value.RawValue == String {
        try list.split(separator: ",").map { name in
            guard let value = Value(rawValue: String(name)) else {
                let known = Value.allCases.map(\.rawValue).joined(separator: ",")
                throw ValidationError("'\(name)' is none of \(known)")
            }
            return value
        }
    }
}
