// The sections of an office's page about drops: what waits, what came, who is quiet, what is held.

internal import Catalog
internal import Configuration
internal import Pages

extension OfficeFacts {
    private typealias Column = OfficePage.Table.Column
    private typealias Cell = OfficePage.Cell

    var waitingSection: OfficePage.Section {
        OfficePage.Section(
            id: "waiting", title: "What waits", lead: waitingLead,
            tables: table(
                [Column("Drop"), Column("From"), Column("Waits", isNumber: true), Column("For what")], waiting.drops
            ) { drop in
                [
                    Cell(drop.id.description, note: drop.kind), name(ofParty: drop.party),
                    Cell(age(since: drop.firstSeenAt)),
                    Cell(Self.standing(drop)),
                ]
            }
                + table(
                    [
                        Column("Reader"), Column("Readings open", isNumber: true),
                        Column("Of exams without result", isNumber: true), Column("Oldest", isNumber: true),
                    ], waiting.readings, limit: 100
                ) { sum in
                    [
                        Cell(sum.reader), Cell("\(sum.count)"), Cell("\(sum.withoutResult)"),
                        Cell(age(since: sum.oldestAt)),
                    ]
                }
                + table(
                    [Column("Exam asked back"), Column("Waits", isNumber: true), Column("Why")], waiting.recalls
                ) { recall in
                    [Cell(recall.examKey), Cell(age(since: recall.askedAt)), Cell(recall.reason)]
                })
    }

    private var waitingLead: String {
        let incomplete = waiting.drops.count { $0.incompleteAt != nil }
        var parts = [
            ShownText.count(waiting.drops.count, "drop is", "drops are")
                + " not finished, \(incomplete) of them incomplete",
            ShownText.count(waiting.examsWithoutResult, "exam is", "exams are") + " open without a result",
        ]
        if let oldest = waiting.unpublishedSince.min() {
            let failed = waiting.failedPublications
            parts.append(
                ShownText.count(waiting.unpublishedSince.count, "file is", "files are")
                    + " still to be put into outbound folders, the oldest for "
                    + age(since: oldest) + (failed > 0 ? ", \(failed) of them failed before" : ""))
        }
        let early = waiting.readsBeforeExam + waiting.reportsBeforeExam
        if early > 0 {
            parts.append(ShownText.count(early, "answer or report", "answers and reports") + " came before the exam")
        }
        let pause = waiting.paused.map { "Nothing is taken in: \($0). " } ?? ""
        return pause + parts.joined(separator: "; ") + "."
    }

    private static func standing(_ drop: DropRecord) -> String {
        if drop.state == .claimed { return "being taken in" }
        return drop.incompleteAt == nil ? "its end, or its turn" : "files that are missing; its sender was told"
    }

    var arrivalsSection: OfficePage.Section {
        let count = arrivals.count()
        return OfficePage.Section(
            id: "arrivals", title: "What arrived",
            lead: ShownText.count(count, "drop", "drops")
                + " in \(arrivals.days.count) days, today included. Acknowledgements are not counted.",
            figures: count == 0 ? [] : [arrivalsFigure],
            tables: table(
                [
                    Column("From"), Column("Today", isNumber: true),
                    Column("\(arrivals.days.count) days", isNumber: true),
                    Column("Size", isNumber: true), Column("Not taken as sent"),
                ], busiest, limit: 50
            ) { party, sums in
                [
                    Cell(party.name, note: party.name == party.id ? nil : party.id),
                    Cell("\(OfficeArrivals.count(sums, day: arrivals.days.last))"),
                    Cell("\(OfficeArrivals.count(sums))"),
                    Cell(ShownText.bytes(sums.reduce(0) { $0 + $1.byteCount })), Cell(Self.troubles(sums)),
                ]
            })
    }

    /// Whoever sent most comes first.
    private var busiest: [(party: Party, sums: [ArrivalSum])] {
        arrivals.parties.sorted {
            (-OfficeArrivals.count($0.sums), $0.party.id) < (-OfficeArrivals.count($1.sums), $1.party.id)
        }
    }

    private static func troubles(_ sums: [ArrivalSum]) -> String {
        let parts = ["partial", "quarantined", "refused"].compactMap { status in
            let count = sums.reduce(0) { $0 + ($1.status == status ? $1.dropCount : 0) }
            return count == 0 ? nil : "\(count) \(status)"
        }
        return parts.isEmpty ? "\u{2013}" : parts.joined(separator: ", ")
    }

    private static func style(_ kind: DropKind) -> String {
        "s\(OfficeArrivals.kinds.firstIndex(of: kind) ?? 0)"
    }

    private var arrivalsFigure: OfficePage.Figure {
        let kinds = OfficeArrivals.kinds.filter { arrivals.count(kind: $0) > 0 }
        let columns = arrivals.days.map { day in
            ColumnPlot.Column(
                mark: String(day.suffix(5)),
                parts: kinds.map { kind in
                    let count = arrivals.count(day: day, kind: kind)
                    return PlotPart(
                        style: Self.style(kind), value: Int64(count), title: "\(day), \(kind.rawValue): \(count)")
                }, title: "\(day): \(ShownText.count(arrivals.count(day: day), "drop", "drops"))")
        }
        let most = arrivals.days.map { arrivals.count(day: $0) }.max() ?? 0
        return OfficePage.Figure(
            title: "Drops by day and kind",
            plot: .columns(
                ColumnPlot(
                    columns, most: ShownText.count(most, "drop", "drops"),
                    label: "Drops by day and kind; \u{201C}In figures\u{201D} below has the same numbers")),
            keys: kinds.map { PlotKey(style: Self.style($0), name: $0.rawValue) },
            table: OfficePage.Table(
                [Column("Day")] + kinds.map { Column($0.rawValue, isNumber: true) } + [Column("Size", isNumber: true)],
                rows: arrivals.days.reversed().map { day in
                    [Cell(day)] + kinds.map { Cell("\(arrivals.count(day: day, kind: $0))") }
                        + [Cell(ShownText.bytes(arrivals.byteCount(day: day)))]
                }))
    }

    var facilitiesSection: OfficePage.Section {
        let quiet = facilities.filter { $0.state == .quiet }.sorted {
            ($0.lastHeardAt ?? "", $0.facility.id) < ($1.lastHeardAt ?? "", $1.facility.id)
        }
        func count(_ state: FacilityStanding.State) -> Int { facilities.count { $0.state == state } }
        return OfficePage.Section(
            id: "quiet", title: "Quiet facilities",
            lead: "Silent for longer than usual: \(quiet.count) of \(facilities.count). As usual: \(count(.usual)); "
                + "too few days to tell: \(count(.unknown)); never heard: \(count(.never)). Only the weekdays count on which a "
                + "facility usually sends.",
            tables: table(
                [
                    Column("Facility"), Column("Last heard"), Column("Usual days"),
                    Column("Usual gap", isNumber: true), Column("Missed", isNumber: true),
                ], quiet, limit: 100
            ) { standing in
                [
                    Cell(standing.facility.name, note: standing.facility.id),
                    Cell(
                        standing.lastHeardAt.map { String($0.prefix(10)) } ?? "never",
                        note: standing.lastHeardAt.map { "\(age(since: $0)) ago" }),
                    Cell(Self.weekdays(standing.usualWeekdays)), Cell("\(standing.usualGap ?? 0) d"),
                    Cell("\(standing.missedDays ?? 0) d"),
                ]
            })
    }

    static func weekdays(_ numbers: [Int]) -> String {
        let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        return numbers.count == names.count ? "all" : numbers.map { names[$0] }.joined(separator: " ")
    }

    var heldSection: OfficePage.Section {
        OfficePage.Section(
            id: "held", title: "Held drops",
            lead: held.isEmpty
                ? "None is in quarantine."
                : ShownText.count(held.count, "drop is", "drops are")
                    + " kept in quarantine until a person has looked. Whoever runs the service sees why: "
                    + "filmroom quarantine show.",
            tables: table([Column("Drop"), Column("From"), Column("Held", isNumber: true), Column("Status")], held) {
                drop in
                [
                    Cell(drop.id.description, note: drop.kind), name(ofParty: drop.party),
                    Cell(age(since: drop.receivedAt ?? drop.firstSeenAt)), Cell(drop.status ?? "held"),
                ]
            })
    }
}
