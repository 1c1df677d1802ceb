// The sections of an office's page about what is stored and what is charged.

internal import Accounting
internal import Catalog
internal import Pages

extension OfficeFacts {
    private typealias Column = OfficePage.Table.Column
    private typealias Cell = OfficePage.Cell

    var storageSection: OfficePage.Section {
        OfficePage.Section(
            id: "storage", title: "Storage by tier",
            lead: "\(ShownText.bytes(storage.byteCount)) of images, as they are charged. \(drillText)",
            figures: storage.byteCount == 0 && storage.tiers.allSatisfy { $0.levels.allSatisfy { $0 == 0 } }
                ? [] : [levelsFigure, facilitiesFigure],
            tables: table(
                [Column("Tier"), Column("Stored", isNumber: true), Column("Disk used", isNumber: true)], storage.tiers,
                limit: 100
            ) { tier in
                [
                    Cell(tier.name), Cell(ShownText.bytes(tier.byteCount)),
                    Cell(tier.usedPercent.map { "about \($0)\u{202F}%" } ?? "not mounted"),
                ]
            })
    }

    private var drillText: String {
        guard let drill else { return "Nothing was restored for a trial yet." }
        let outcome =
            drill.failedCount == 0 ? "all came back as they were stored" : "\(drill.failedCount) did not come back"
        return "The last trial restored \(drill.examCount) exams at \(ShownText.time(drill.at)): \(outcome)."
    }

    /// A tier has its colour by its place in the configuration.
    private func style(_ tier: String) -> String {
        "s\((storage.tiers.firstIndex { $0.name == tier } ?? 0) % 6)"
    }

    private var keys: [PlotKey] { storage.tiers.map { PlotKey(style: style($0.name), name: $0.name) } }

    private func parts(_ levels: [(tier: String, byteCount: Int64)]) -> [PlotPart] {
        levels.map {
            PlotPart(style: style($0.tier), value: $0.byteCount, title: "\($0.tier): \(ShownText.bytes($0.byteCount))")
        }
    }

    private var levelsFigure: OfficePage.Figure {
        let days = storage.days.enumerated().map { index, day in
            (day, storage.tiers.map { (tier: $0.name, byteCount: $0.levels[index]) })
        }
        let most = days.map { $0.1.reduce(0) { $0 + $1.byteCount } }.max() ?? 0
        let columns = days.enumerated().map { index, day in
            ColumnPlot.Column(
                mark: (days.count - 1 - index).isMultiple(of: 7) ? String(day.0.suffix(5)) : "", parts: parts(day.1),
                title: "\(day.0): \(ShownText.bytes(day.1.reduce(0) { $0 + $1.byteCount }))")
        }
        return OfficePage.Figure(
            title: "Stored at the end of each day, by tier",
            plot: .columns(
                ColumnPlot(
                    columns, most: ShownText.bytes(most),
                    label:
                        "Stored at the end of each day, by tier; \u{201C}In figures\u{201D} below has the same numbers")
            ),
            keys: keys,
            table: OfficePage.Table(
                [Column("Day")] + storage.tiers.map { Column($0.name, isNumber: true) },
                rows: days.reversed().map { day, levels in
                    [Cell(day)] + levels.map { Cell(ShownText.bytes($0.byteCount)) }
                }))
    }

    /// The largest come first.
    private var facilitiesFigure: OfficePage.Figure {
        let all = Dictionary(grouping: storage.balances, by: \.facility)
            .map { ($0.key, $0.value, $0.value.reduce(0) { $0 + $1.byteCount }) }
            .sorted { (-$0.2, $0.0) < (-$1.2, $1.0) }
        let shown = all.prefix(Self.lineLimit)
        func level(_ balances: [StorageBalance], _ tier: String) -> Int64 {
            balances.first { $0.tier == tier }?.byteCount ?? 0
        }
        return OfficePage.Figure(
            title: all.count > shown.count
                ? "Stored by the \(shown.count) largest of \(all.count) facilities" : "Stored by facility",
            plot: .bars(
                BarPlot(
                    shown.map { facility, balances, sum in
                        BarPlot.Bar(
                            name: name(ofParty: facility).text,
                            parts: parts(storage.tiers.map { ($0.name, level(balances, $0.name)) }),
                            text: ShownText.bytes(sum))
                    }, label: "Stored by facility and tier; \u{201C}In figures\u{201D} below has the same numbers")),
            keys: keys,
            table: OfficePage.Table(
                [Column("Facility")] + storage.tiers.map { Column($0.name, isNumber: true) },
                rows: shown.map { facility, balances, _ in
                    [name(ofParty: facility)]
                        + storage.tiers.map { Cell(ShownText.bytes(level(balances, $0.name))) }
                }, restCount: all.count - shown.count))
    }

    var invoicesSection: OfficePage.Section {
        let running = drafts.map {
            "\($0.month) so far: \($0.total) \($0.currency), \(ShownText.count($0.facilityCount, "facility", "facilities"))"
        }
        return OfficePage.Section(
            id: "invoices", title: "Invoices",
            lead: (documents.isEmpty ? "None was issued yet." : "The newest \(documents.count).")
                + (running.isEmpty ? "" : " " + running.joined(separator: "; ") + "."),
            tables: table(
                [
                    Column("Number"), Column("Facility"), Column("For"), Column("Net", isNumber: true),
                    Column("Total", isNumber: true),
                ], documents
            ) { document in
                [
                    Cell(
                        document.number, note: Self.word(document.kind),
                        address: document.isOut ? LinkText.path(["invoices", "\(document.number).html"]) : nil),
                    name(ofParty: document.facility), Cell(document.month),
                    Cell(Self.amount(document.net, document.currency)),
                    Cell(Self.amount(document.total, document.currency)),
                ]
            })
    }

    static func word(_ kind: Invoice.Kind) -> String {
        switch kind {
        case .invoice: "invoice"
        case .creditNote: "credit note"
        case .debitNote: "debit note"
        }
    }

    private static func amount(_ minorUnits: Int64, _ currency: String) -> String {
        Money(minorUnits: minorUnits, currency: Currency(currency)).description
    }
}
