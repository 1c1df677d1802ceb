// From the configuration's words to those of the `Consensus` module: the version of a protocol's rule, and what is
// declared of readers on a day.

internal import Configuration
internal import Files
internal import Interchange

extension ReadingProtocol {
    /// Twelve hexadecimal digits that change when anything of the rule does.
    var ruleVersion: String {
        var text = JSONText()
        let parts: [String] = [
            id, rule.kind.rawValue, labels.joined(separator: "\u{1F}"), ordered ? "ordered" : "", rule.threshold.text,
            rule.positive ?? "", rule.k.map(String.init) ?? "", rule.ties.rawValue, rule.arbiter ?? "",
            rule.arbiterSees.rawValue, rule.escalateBelowMargin.text, rule.prevalence?.text ?? "",
            rule.model.rawValue, String(minimumReads), technicalRecall.sorted().joined(separator: "\u{1F}"),
        ]
        text.strings(parts)
        return String(SHA256.digest(of: text.take()).hex.prefix(12))
    }
}

extension SiteConfiguration {
    /// What is declared of some readers on a day, in the order of their ids: of who reads no longer, what held last; who
    /// never had an entry until then is left out.
    func declaredSkills(of ids: Set<String>, on day: CalendarDate) -> [SkillParameters] {
        ids.sorted().compactMap { id in
            (reader(id, on: day) ?? lastEntry(of: id, before: day)).map { SkillParameters($0) }
        }
    }

    private func lastEntry(of id: String, before day: CalendarDate) -> ReaderEntry? {
        let ended = readers.compactMap { entry in entry.to.map { (entry: entry, end: $0) } }
        return ended.filter { $0.entry.id == id && $0.end <= day }.max { $0.end < $1.end }?.entry
    }
}
