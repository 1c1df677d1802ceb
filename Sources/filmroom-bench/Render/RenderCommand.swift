// `filmroom-bench render`: pictures a second beside the limit, on this machine.

import ArgumentParser
import Files
import Pixels

struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Compares the rendering of images to PNG with what the machine allows at all.",
        discussion: """
            For each case it makes a few images, then runs in turns: the limit, which reads the same files and deflates \
            8 bits of each pixel at level 1, with one thread a core; and the rendering, by one codec process a core. \
            Both find the files in memory. `ratio` is the time of the rendering to the limit's, medians of all pairs.

            Where DCMTK's dcmj2pnm is installed, one frame is also rendered by it and by `filmroom-pixels render`, each \
            from the start of its program to its end.
            """)

    @Option(help: "The folder for the images.")
    var corpus = WorkFolder.usualBase

    @Option(help: "The program filmroom-pixels (default: the one beside this program).")
    var program: String?

    @Option(help: "Cases: ct,mammography,jpeg2000.")
    var cases = "ct,mammography,jpeg2000"

    @Option(help: "Pairs of runs for each case.")
    var `repeat` = 3

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard `repeat` > 0 else { throw ValidationError("--repeat is larger than 0") }
        _ = try chosenCases()
    }

    func run() throws {
        try BenchError.wrap { try Paths.makeDirectories(corpus) }
        guard let base = Paths.real(corpus) else { throw BenchError.failed("\(corpus) is gone") }
        let cases = try chosenCases()
        let program = program ?? Paths.parent(of: ChildProcess.ownPath) + "/filmroom-pixels"
        let figures = try WorkFolder.with(below: base) { (folder) throws(BenchError) in
            var figures: [RenderFigures] = []
            for kind in cases { figures.append(try measure(kind, program: program, folder: folder)) }
            return figures
        }
        if json { try Results.print(json: figures) } else { Results.print(RenderFigures.text(figures)) }
    }

    private func chosenCases() throws -> [RenderCase] {
        try cases.split(separator: ",").map { name in
            guard let value = RenderCase(rawValue: String(name)) else {
                throw ValidationError(
                    "'\(name)' is none of \(RenderCase.allCases.map(\.rawValue).joined(separator: ","))")
            }
            return value
        }
    }

    private func measure(_ kind: RenderCase, program: String, folder: String) throws(BenchError) -> RenderFigures {
        let paths = try make(kind, in: folder)
        var times: [(run: Double, limit: Double)] = []
        var peak: Int64 = 0
        do {
            let pixels = PixelProcesses(program: program, count: ParallelLoop.threadCount)
            let run = RenderRun(pixels: pixels, paths: paths, frameCount: kind.frameCount)
            _ = try run.seconds()
            let limit = RenderLimit(kind: kind, paths: paths)
            for number in 1...`repeat` {
                times.append((try run.seconds(), try limit.seconds()))
                Progress.say("\(kind.rawValue), \(number) of \(`repeat`)")
            }
            peak = RunningChildren.peakByteCount()
        }
        let tool = try ToolComparison(program: program, path: paths[0], folder: folder).seconds()
        return RenderFigures(
            name: kind.rawValue, frameCount: kind.frameCount, byteCount: byteCount(paths, of: kind),
            seconds: Statistics.median(times.map(\.run)), limitSeconds: Statistics.median(times.map(\.limit)),
            peakByteCount: peak, toolSeconds: tool?.tool, ownSeconds: tool?.own)
    }

    private func make(_ kind: RenderCase, in folder: String) throws(BenchError) -> [String] {
        Progress.say("making \(kind.imageCount) images for \(kind.rawValue)")
        var paths: [String] = []
        for number in 0..<kind.imageCount {
            let path = "\(folder)/\(kind.rawValue)\(number).dcm"
            let bytes = try PhantomImage(kind: kind, number: number).file()
            try BenchError.wrap { try OpenFile.create(path).write(bytes) }
            paths.append(path)
        }
        return paths
    }

    private func byteCount(_ paths: [String], of kind: RenderCase) -> Int64 {
        (0..<kind.frameCount).reduce(0) { $0 + (Paths.status(paths[$1 % paths.count])?.byteCount ?? 0) }
    }
}
