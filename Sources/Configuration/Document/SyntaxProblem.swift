// What the YAML parser refused, in the words of somebody who edits the file.
//
// Owns the way from the parser's error to a line and one sentence. Never repeats the file's text.

internal import Yams

/// A place where a file stops being YAML.
struct SyntaxProblem {
    let line: Int
    let column: Int
    let message: String

    init(_ error: YamlError) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            line = mark.line
            column = mark.column
            message = Self.sentence(problem, context: context)
        case .reader(let problem, let offset, _, let yaml):
            let before = yaml.prefix(max(0, offset ?? 0))
            line = 1 + before.count { $0.isNewline }
            column =
                1 + (before.lastIndex { $0.isNewline }.map { before.distance(from: $0, to: before.endIndex) - 1 } ?? 0)
            message = "this is not readable text (\(problem)); save the file as UTF-8"
        case .duplicatedKeysInMapping(let duplicates, let context):
            line = context.mark.line
            column = context.mark.column
            message = "given twice in one block: \(duplicates.joined(separator: " ")); keep one of each"
        default:
            line = 1
            column = 1
            message = "this is not YAML: \(error)"
        }
    }

    private static func sentence(_ problem: String, context: YamlError.Context?) -> String {
        let place = context.map { " \($0.text) that began in line \($0.mark.line)" } ?? ""
        return "this is not YAML: \(problem)\(place); look at the indentation, the colons and the quotes around here"
    }
}
