// Quoted owns how text of a document is shown in a message: short, and without anything that a terminal or a page
// would act on.
//
// Pure.

/// Text of a document as messages show it.
enum Quoted {
    /// Characters that are shown of a longer text.
    static let maximumCount = 64

    /// `'label'`; controls and quotes escaped, cut after `maximumCount` characters.
    static func text(_ text: String) -> String {
        var shown = ""
        var count = 0
        for scalar in text.unicodeScalars {
            if count == maximumCount { return "'\(shown)…'" }
            count += 1
            switch scalar {
            case "'", "\\": shown += "\\\(scalar)"
            case _ where isHidden(scalar): shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return "'\(shown)'"
    }

    /// `'L', 'R' or 'B'`.
    static func choice(_ words: [String]) -> String {
        let quoted = words.map { "'\($0)'" }
        guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
        return quoted.dropLast().joined(separator: ", ") + " or " + last
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
        default: false
        }
    }
}
