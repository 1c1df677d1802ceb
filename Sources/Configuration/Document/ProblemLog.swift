// Collects what is wrong, so that one run of a check tells a person everything.
//
// Invariant: never more than `limit` problems; what is beyond is counted and said in one last entry.
// Never throws: a decoder notes its problem and goes on with a placeholder that nobody gets to see.

/// The problems that were met so far.
final class ProblemLog {
    /// More problems than anybody reads at one go.
    static let limit = 200

    private var problems: [ConfigurationProblem] = []
    private var beyondLimit = 0

    var isEmpty: Bool { problems.isEmpty }

    /// Problems noted, those beyond the limit included.
    var count: Int { problems.count + beyondLimit }

    func add(_ file: String, line: Int, column: Int, _ message: String) {
        guard problems.count < Self.limit else {
            beyondLimit += 1
            return
        }
        let problem = ConfigurationProblem(file: file, line: line, column: column, message: message)
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// All problems: files in the order of `ConfigurationFile`, then others by name; in a file by line and column.
    func sorted() -> [ConfigurationProblem] {
        let order = ConfigurationFile.allCases.map(\.path)
        func rank(_ problem: ConfigurationProblem) -> Int { order.firstIndex(of: problem.file) ?? order.count }
        var all = problems.sorted {
            (rank($0), $0.file, $0.line, $0.column, $0.message) < (rank($1), $1.file, $1.line, $1.column, $1.message)
        }
        if beyondLimit > 0, let last = all.last {
            all.append(
                ConfigurationProblem(
                    file: last.file, line: last.line, column: last.column,
                    message: "\(beyondLimit) more problems were found; mend those above first"))
        }
        return all
    }
}
