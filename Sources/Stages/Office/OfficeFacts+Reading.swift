// The sections of an office's page about reading: quorums, results, and where readers do not agree.

internal import Pages

extension OfficeFacts {
    private typealias Column = OfficePage.Table.Column
    private typealias Cell = OfficePage.Cell

    var noticesSection: OfficePage.Section {
        OfficePage.Section(
            id: "quorums", title: "Quorum notices",
            lead: notices.isEmpty ? "No exam has its quorum of answers yet." : "The newest \(notices.count).",
            tables: table([Column("Exam"), Column("Answers", isNumber: true), Column("When")], notices) {
                notice, isOut in
                [
                    Cell(
                        notice.examKey, note: notice.name,
                        address: isOut
                            ? LinkText.path(["notices", "\(notice.examKey).\(notice.name).json"]) : nil),
                    Cell("\(notice.count) of \(notice.total)"), Cell(ShownText.time(notice.at)),
                ]
            })
    }

    var resultsSection: OfficePage.Section {
        OfficePage.Section(
            id: "results", title: "Results",
            lead: results.isEmpty
                ? "No exam has a result yet."
                : "The newest \(min(results.count, Self.lineLimit)), each in its newest version.",
            tables: table(
                [Column("Exam"), Column("Result"), Column("When")], Array(results.prefix(Self.lineLimit))
            ) { result in
                [
                    examCell(result), Cell(result.record.label ?? result.record.status, note: result.record.status),
                    Cell(ShownText.time(result.record.determinedAt)),
                ]
            })
    }

    var disputesSection: OfficePage.Section {
        let disputed = results.filter(\.isDisputed)
        func count(_ status: String) -> Int { results.count { $0.record.status == status } }
        let split = results.count { $0.record.status == "determined" && !$0.content.minority.isEmpty }
        return OfficePage.Section(
            id: "disagreement", title: "Disagreement",
            lead: results.isEmpty
                ? "There is no result yet."
                : "Of the newest \(results.count) results: unanimous \(results.count - disputed.count), against a minority \(split), "
                    + "escalated \(count("escalated")), undetermined \(count("undetermined")), recalled for technical reasons "
                    + "\(count("technicalRecall")).",
            tables: table([Column("Exam"), Column("Result"), Column("Others said"), Column("When")], disputed) {
                result in
                [
                    examCell(result),
                    Cell(result.record.label ?? result.record.status, note: result.content.reason),
                    Cell(
                        result.content.minority.isEmpty
                            ? "\u{2013}"
                            : result.content.minority.map { "\($0.reader): \($0.label)" }.joined(separator: ", ")),
                    Cell(ShownText.time(result.record.determinedAt)),
                ]
            })
    }

    private func examCell(_ result: OfficeResult) -> OfficePage.Cell {
        let version = "v\(result.record.version)"
        return Cell(
            result.record.examKey, note: version,
            address: result.isOut ? LinkText.path(["results", "\(result.record.examKey).\(version).html"]) : nil)
    }
}
