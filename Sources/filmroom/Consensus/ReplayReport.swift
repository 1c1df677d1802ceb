// `filmroom consensus --replay [EXAM]`: determines stored results anew and says what differs. Changes nothing.

import Stages

struct ReplayReport {
    let site: SiteContext
    /// An exam's key; nil for all exams.
    let examKey: String?
    let isJSON: Bool

    /// Prints a line for each version of a result.
    ///
    /// - Throws: `CommandFailure` with the exit code for findings when something differs.
    func run() throws {
        var results: [ReplayedResult] = []
        var differing = 0
        var count = 0
        do throws(StageError) {
            try ResultReplay(site: site).run(examKey: examKey) { result in
                count += 1
                if !result.differences.isEmpty { differing += 1 }
                if isJSON { results.append(result) } else { Self.lines(result).forEach(StandardStreams.print) }
            }
        } catch {
            throw CommandFailure.failed(error.description)
        }
        if let examKey, count == 0 {
            throw CommandFailure.failed(
                "\(examKey) has no result, or is no exam of this site; `filmroom find` lists the keys")
        }
        if isJSON {
            try StandardStreams.printJSON([
                "type": "replay",
                "results": results.map { result in
                    [
                        "exam": result.exam, "version": result.version, "same": result.differences.isEmpty,
                        "differences": result.differences,
                    ] as [String: Any]
                },
            ])
        }
        guard differing == 0 else {
            throw CommandFailure.findings(
                "\(differing) of \(count) results come out otherwise than they are stored; look at what was changed: "
                    + "weights of the past in parties.yaml, the catalogue, or this program")
        }
    }

    private static func lines(_ result: ReplayedResult) -> [String] {
        let place = "\(result.exam)\tv\(result.version)"
        return result.differences.isEmpty ? ["\(place)\tsame"] : result.differences.map { "\(place)\tdiffers\t\($0)" }
    }
}
