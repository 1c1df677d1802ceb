// What an office is told, as its page: a number for each concern, then the concerns.

internal import Pages
internal import Pipeline
internal import Radiology

extension OfficeFacts {
    var page: OfficePage {
        OfficePage(
            siteName: site.name, glances: glances,
            sections: [
                waitingSection, arrivalsSection, facilitiesSection, noticesSection, resultsSection, disputesSection,
                heldSection, storageSection, invoicesSection,
            ], links: links,
            renewal: "Made anew when something changes, at most every "
                + "\(DurationWords.text(milliseconds: office.pageEveryMilliseconds)).")
    }

    private var glances: [OfficePage.Glance] {
        let today = arrivals.days.last ?? ""
        let open = waiting.readings.reduce(0) { $0 + $1.count }
        let quiet = facilities.count { $0.state == .quiet }
        let disputes = results.count { $0.isDisputed }
        return [
            OfficePage.Glance(
                number: "\(waiting.drops.count)", name: waiting.drops.count == 1 ? "drop waits" : "drops wait",
                note: waiting.paused ?? oldest(waiting.drops.map(\.firstSeenAt)) ?? "nothing waits",
                section: "waiting", isAlert: waiting.paused != nil || waiting.drops.contains { $0.incompleteAt != nil }),
            OfficePage.Glance(
                number: "\(open)", name: open == 1 ? "reading open" : "readings open",
                note: oldest(waiting.readings.map(\.oldestAt)) ?? "nothing is to be read", section: "waiting",
                isAlert: false),
            OfficePage.Glance(
                number: "\(arrivals.count(day: today))", name: "arrived today",
                note: "\(arrivals.count()) in \(arrivals.days.count) days", section: "arrivals", isAlert: false),
            OfficePage.Glance(
                number: "\(quiet)", name: quiet == 1 ? "facility quiet" : "facilities quiet",
                note: "of \(facilities.count)", section: "quiet",
                isAlert: quiet > 0),
            OfficePage.Glance(
                number: "\(disputes)", name: "in disagreement", note: "of the newest \(results.count) results",
                section: "disagreement", isAlert: false),
            OfficePage.Glance(
                number: "\(held.count)", name: held.count == 1 ? "drop held" : "drops held",
                note: oldest(held.compactMap { $0.receivedAt ?? $0.firstSeenAt }) ?? "none is in quarantine",
                section: "held", isAlert: !held.isEmpty),
            OfficePage.Glance(
                number: ShownText.bytes(storage.byteCount), name: "stored",
                note: storage.tiers.map { "\($0.name) \(ShownText.bytes($0.byteCount))" }.joined(separator: ", "),
                section: "storage", isAlert: drill.map { $0.failedCount > 0 } ?? false),
            OfficePage.Glance(
                number: "\(documents.first?.number ?? "\u{2013}")", name: "newest invoice",
                note: documents.first.map { "for \($0.month)" } ?? "none was issued", section: "invoices",
                isAlert: false),
        ]
    }

    /// `oldest for 3 h`; nil where there is none.
    private func oldest(_ instants: [String]) -> String? { instants.min().map { "oldest for \(age(since: $0))" } }

    /// Roughly, so that a page is not made anew for every second that passes.
    func age(since instant: String) -> String {
        ShownText.age(max(0, now - (SiteClock.seconds(of: instant) ?? now)))
    }

    func name(ofParty id: String) -> OfficePage.Cell {
        let name = partyNames[id] ?? id
        return OfficePage.Cell(name, note: name == id ? nil : id)
    }

    private var partyNames: [String: String] {
        let heard = arrivals.parties.map { ($0.party.id, $0.party.name) }
        return Dictionary(heard + facilities.map { ($0.facility.id, $0.facility.name) }) { first, _ in first }
    }

    /// The first lines of a list, and how many are left out.
    func table<Line>(
        _ columns: [OfficePage.Table.Column], _ lines: [Line], limit: Int = OfficeFacts.lineLimit,
        row: (Line) -> [OfficePage.Cell]
    ) -> [OfficePage.Table] {
        guard !lines.isEmpty else { return [] }
        return [OfficePage.Table(columns, rows: lines.prefix(limit).map(row), restCount: max(0, lines.count - limit))]
    }
}
