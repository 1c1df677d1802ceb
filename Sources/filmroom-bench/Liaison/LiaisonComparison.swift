// The linking of two lists by this product and by a script of Python and SQLite, in turns, whole: from the first row that is
// read to the last link that is told.
//
// What both say is compared before their times are: a fast wrong answer is none.

import Files
import Pipeline

struct LiaisonComparison {
    let corpus: ChartCorpus
    let folder: String
    /// The program filmroom.
    let program: String
    let python: String
    let repetitions: Int

    private var entries: String { folder + "/entries.csv" }
    private var exams: String { folder + "/exams.csv" }

    func figures() throws(BenchError) -> LiaisonFigures {
        try corpus.write(entries: entries, exams: exams)
        let script = folder + "/link_charts.py"
        try BenchError.wrap { try Paths.write(PackageResources.link_charts_py, to: script) }
        var own: [Double] = []
        var others: [Double] = []
        var peak: Int64 = 0
        for number in 1...repetitions {
            let other = try run(python, [script, entries, exams, folder + "/python.csv"])
            let mine = try run(
                "sh",
                [
                    "-c", "exec \"$0\" liaison --entries \"$1\" --exams \"$2\" > \"$3\"", program, entries, exams,
                    folder + "/own.csv",
                ])
            if number == 1 { try compare() }
            others.append(other.seconds)
            own.append(mine.seconds)
            peak = max(peak, mine.peak)
            Progress.say("\(number) of \(repetitions): \(mine.seconds) s, Python with SQLite \(other.seconds) s")
        }
        return LiaisonFigures(
            entryCount: corpus.entryCount, examCount: corpus.examCount, linkCount: try lines("own.csv").count - 1,
            seconds: Statistics.median(own), pythonSeconds: Statistics.median(others), peakByteCount: peak)
    }

    private func run(_ program: String, _ arguments: [String]) throws(BenchError) -> (seconds: Double, peak: Int64) {
        let start = SiteClock.monotonicNanoseconds
        let usage = try ChildProcess.start(program, arguments).wait()
        let seconds = Double(SiteClock.monotonicNanoseconds - start) / 1e9
        guard usage.exitCode == 0 else { throw .programFailed(program, exitCode: usage.exitCode) }
        return (seconds, usage.peakByteCount)
    }

    private func lines(_ name: String) throws(BenchError) -> [Substring] {
        let bytes = try BenchError.wrap { try Paths.read("\(folder)/\(name)", limit: 4 << 30) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }

    private func compare() throws(BenchError) {
        let (own, other) = (Set(try lines("own.csv")), Set(try lines("python.csv")))
        guard own != other else { return }
        let difference = own.symmetricDifference(other).min() ?? ""
        throw .wrongResult("the two do not say the same: \(difference)")
    }
}
