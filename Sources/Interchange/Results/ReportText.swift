// ReportText owns the words of a result: the same in every encoding.
//
// Pure. Lines end with a line feed between them and none at the end; each encoding writes that in its own way.

/// The texts of a result.
struct ReportText {
    let result: ReportedResult

    /// `Result of examination northside_A-1001.v2 (amended)`.
    var title: String {
        "Result of examination \(ReportIdentifiers(result: result).document) (\(result.status.rawValue))"
    }

    /// The label or what there is instead, and why.
    var conclusion: String {
        [result.label ?? result.outcome, result.reason].compactMap { $0 }.joined(separator: ": ")
    }

    /// What one reader found: the label, a line for each finding, the text.
    static func statement(_ opinion: ReportedOpinion) -> String {
        ([opinion.label] + opinion.findings.map(line) + [lines(opinion.text ?? "")]).filter { !$0.isEmpty }
            .joined(separator: "\n")
    }

    /// All of it for people, as one text.
    var whole: String {
        ([title, conclusion] + result.opinions.map { "\($0.reader.name), \($0.readAt): \(Self.statement($0))" })
            .joined(separator: "\n")
    }

    private static func line(_ finding: ReportedOpinion.Finding) -> String {
        let side = finding.laterality.map { sides[$0] ?? $0 }
        let name = [finding.code, side].compactMap { $0 }.joined(separator: ", ")
        let said = [name, finding.text.map(lines) ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
        guard let image = finding.sopInstanceUID else { return said }
        let place = finding.x.flatMap { x in finding.y.map { "\(number(x)), \(number($0)) of " } } ?? ""
        return said + " (\(place)image \(image))"
    }

    private static let sides = ["L": "left", "R": "right", "B": "both sides", "U": "one side"]

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
    }

    /// A text whose lines end as ours do, without characters that only steer a terminal, and without blanks at its end.
    static func lines(_ text: String) -> String {
        var lines = String.UnicodeScalarView()
        var wasReturn = false
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\r", "\u{85}", "\u{2028}", "\u{2029}", "\u{0B}", "\u{0C}": lines.append("\n")
            case "\n": if !wasReturn { lines.append("\n") }
            case "\t": lines.append(" ")
            case "\u{0}"..<" ", "\u{7F}"..."\u{9F}": break
            default: lines.append(scalar)
            }
            wasReturn = scalar == "\r"
        }
        while lines.last == "\n" || lines.last == " " { lines.removeLast() }
        return String(lines)
    }
}
