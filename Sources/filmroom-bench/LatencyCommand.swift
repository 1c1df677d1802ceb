// `filmroom-bench latency`: how long a party waits for the receipt of one small drop while the workers run.

import ArgumentParser
import Files

struct LatencyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latency",
        abstract: "Measures the time from an attested drop to its receipt.",
        discussion: """
            It starts `filmroom run` on a fresh site and drops one file of 8 KB after the other, each when the one before \
            has its receipt. The first drop, which waits for the program's start, is not counted.
            """)

    @Option(help: "The folder for the site; it decides which disk is measured.")
    var folder = WorkFolder.usualBase

    @Option(help: "The program filmroom (default: the one beside this program).")
    var program: String?

    @Option(help: "How many drops are counted.")
    var drops = 30

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard drops > 0 else { throw ValidationError("--drops is larger than 0") }
    }

    func run() throws {
        try BenchError.wrap { try Paths.makeDirectories(folder) }
        guard let base = Paths.real(folder) else { throw BenchError.failed("\(folder) is gone") }
        let program = program ?? Paths.parent(of: ChildProcess.ownPath) + "/filmroom"
        let figures = try WorkFolder.with(below: base) { (folder) throws(BenchError) in
            try measure(try BenchSite(root: folder + "/site"), program: program)
        }
        if json { try Results.print(json: figures) } else { Results.print(figures.text) }
    }

    private func measure(_ site: BenchSite, program: String) throws(BenchError) -> LatencyFigures {
        let workers = try ChildProcess.start(program, ["run", "--root", site.root], isSilent: true)
        let result = Result { () throws(BenchError) in try probe(site) }
        workers.terminate()
        let usage = try workers.wait()
        let milliseconds = try result.get()
        guard usage.exitCode == 0 else { throw .programFailed(program, exitCode: usage.exitCode) }
        return LatencyFigures(milliseconds: milliseconds)
    }

    private func probe(_ site: BenchSite) throws(BenchError) -> [Double] {
        let probe = LatencyProbe(site: site)
        _ = try probe.milliseconds(0)
        var milliseconds: [Double] = []
        for number in 1...drops {
            milliseconds.append(try probe.milliseconds(number))
            Progress.say("drop \(number) of \(drops): \(milliseconds[number - 1].rounded()) ms")
        }
        return milliseconds
    }
}
