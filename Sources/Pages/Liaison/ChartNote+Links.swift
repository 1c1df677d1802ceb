// An entry of a chart as its page tells it, with what it is linked to and what is held.
//
// Pure. The service's pages and those that a party makes for itself say the same.

package import Radiology

extension ChartNote.Entry {
    /// - Parameter links: Of this entry alone.
    package init(_ entry: ChartEntry, links: [ToldLink]) {
        self.init(
            name: entry.name, kind: entry.kind.rawValue, time: entry.time, title: entry.title, text: entry.text,
            status: entry.status,
            links: links.filter(\.holds).map {
                ChartNote.Link(exam: $0.exam, by: $0.basis.rawValue, certainty: $0.certainty.rawValue)
            }, held: links.filter(\.isHeld).map(Self.held),
            settled: links.filter(\.isSettled).map(Self.settled))
    }

    private static func settled(_ link: ToldLink) -> String {
        let whose = link.conflict.map { "that \(link.exam) is patient \($0)'s, and not of this entry" }
        return
            "The office settled \(whose ?? "that \(link.exam) belongs to this entry, though its images name another patient")"
            + " (\(link.since.prefix(10)))."
    }

    private static func held(_ link: ToldLink) -> String {
        "\(link.exam) has the number that this names, and is patient \(link.conflict ?? "")'s by its images."
            + " It is held until somebody says which is right."
    }
}
