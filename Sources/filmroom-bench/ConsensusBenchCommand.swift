// `filmroom-bench consensus`: learning from a file of reads beside one pass over the same bytes.

import ArgumentParser
import Files
import Pipeline

struct ConsensusBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consensus",
        abstract: "Measures `filmroom consensus --reads` on made-up reads.",
        discussion: """
            It makes a file of reads by 500 readers, three for each exam, and runs in turns: the limit, which reads the same \
            bytes and finds every field; and the program, from its start to its end, with its output thrown away.
            """)

    @Option(help: "The folder for the file of reads.")
    var folder = WorkFolder.usualBase

    @Option(help: "The program filmroom (default: the one beside this program).")
    var program: String?

    @Option(help: "How many reads.")
    var reads = 1_000_000

    @Option(help: "Models, as `filmroom consensus --model` names them.")
    var models = "dawidSkene"

    @Option(help: "Pairs of runs for each model.")
    var `repeat` = 3

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard reads > 0, `repeat` > 0 else { throw ValidationError("--reads and --repeat are larger than 0") }
    }

    func run() throws {
        try BenchError.wrap { try Paths.makeDirectories(folder) }
        guard let base = Paths.real(folder) else { throw BenchError.failed("\(folder) is gone") }
        let figures = try WorkFolder.with(below: base) { (folder) throws(BenchError) in
            let corpus = ReadsCorpus(readCount: reads)
            let path = folder + "/reads.csv"
            let byteCount = try corpus.write(to: path)
            var figures: [ConsensusFigures] = []
            for model in models.split(separator: ",") {
                figures.append(try measure(String(model), corpus, path, byteCount))
            }
            return figures
        }
        if json { try Results.print(json: figures) } else { for figure in figures { Results.print(figure.text) } }
    }

    private func measure(
        _ model: String, _ corpus: ReadsCorpus, _ path: String, _ byteCount: Int64
    ) throws(BenchError) -> ConsensusFigures {
        let program = program ?? Paths.parent(of: ChildProcess.ownPath) + "/filmroom"
        var limits: [Double] = []
        var seconds: [Double] = []
        var peak: Int64 = 0
        for number in 1...`repeat` {
            let limit = try ReadsLimit.run(path)
            guard limit.fields == 3 * (reads + 1) else { throw .wrongResult("the file has \(limit.fields) fields") }
            limits.append(limit.seconds)
            let start = SiteClock.monotonicNanoseconds
            let usage = try ChildProcess.start(program, ["consensus", "--reads", path, "--model", model]).wait()
            seconds.append(Double(SiteClock.monotonicNanoseconds - start) / 1e9)
            guard usage.exitCode == 0 else { throw .programFailed(program, exitCode: usage.exitCode) }
            peak = max(peak, usage.peakByteCount)
            Progress.say("\(model), pair \(number): \(seconds[number - 1]) s, the limit \(limit.seconds) s")
        }
        let time = Statistics.median(seconds)
        let limit = Statistics.median(limits)
        return ConsensusFigures(
            model: model, readCount: reads, examCount: corpus.examCount, byteCount: byteCount, seconds: time,
            limitSeconds: limit, readsPerSecond: Double(reads) / time,
            megabytesPerSecond: Double(byteCount) / 1e6 / time,
            ratio: time / limit, peakByteCount: peak)
    }
}
