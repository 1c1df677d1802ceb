// PolicyBasis owns which rules decided, and how they are written down so that a digest of them is their version.
//
// Pure. Two bases have the same lines when and only when their rules decide the same; the order of lists and rules in a
// file does not matter.

/// The purpose and the sharing rules by which a decision was made.
package struct PolicyBasis: Hashable, Sendable {
    package let purpose: Purpose
    /// Empty for a party's own exams.
    package let sharing: Set<SharedExams>

    package init(purpose: Purpose, sharing: Set<SharedExams>) {
        self.purpose = purpose
        self.sharing = sharing
    }

    /// The rules in a form to be digested: parts of each line are separated by U+001F, items of a list by U+001E.
    package var lines: [String] { [Self.line(purpose)] + sharing.map(Self.line).sorted() }

    fileprivate static func line(_ purpose: Purpose) -> String {
        let range = purpose.range
        let parts: [String] = [
            "purpose", purpose.id, purpose.code ?? "", text(range.kinds.modalities),
            text(range.kinds.imageTypes.map { Set($0.map { $0.values.joined(separator: "\\") }) }),
            text(range.kinds.seriesDescriptions.map { Set($0.map(\.text)) }), "\(range.kinds.keyImagesOnly)",
            "\(range.pixelDensity)", "\(range.imageProcessing)", "\(range.reports)", "\(range.reportInput)",
            range.mostRecent.map(String.init) ?? "all", range.forMilliseconds.map { String($0) } ?? "",
            "\(range.deidentified)", purpose.quota.map { "\($0.examCount)/\($0.withinMilliseconds)" } ?? "",
        ]
        return parts.joined(separator: "\u{1F}")
    }

    fileprivate static func line(_ rule: SharedExams) -> String {
        ["sharing", rule.from, rule.to, text(rule.purposes), text(rule.patients)].joined(separator: "\u{1F}")
    }

    private static func text(_ choice: NameChoice) -> String { text(choice.sortedNames.map(Set.init)) }

    /// An empty list is another thing than no list.
    private static func text(_ names: Set<String>?) -> String {
        names.map { "[" + $0.sorted().joined(separator: "\u{1E}") + "]" } ?? "*"
    }
}

extension AccessPolicy {
    /// All rules, in the form of a basis: what a denial was decided by, which must not tell one exam from another.
    package var lines: [String] {
        purposes.map(PolicyBasis.line).sorted() + sharing.map(PolicyBasis.line).sorted()
    }
}
