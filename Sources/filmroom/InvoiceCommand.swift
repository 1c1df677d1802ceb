// `filmroom invoice`: finalise the months that have ended; a running month gets a draft.

import Accounting
import ArgumentParser
import Foundation
import Spool
import Stages

struct InvoiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invoice", abstract: "Finalise the months that have ended; a running month gets a draft.",
        discussion: """
            Each facility's month, in its own time zone, becomes one invoice with the next number, once; a month without use gets \
            none. A running month gets outbound/<facility>/invoices/draft-<YYYY-MM>.json, anew each time. A price that is \
            missing stops the invoice that needs it and no other: the command then exits with 1. A site whose tariff.yaml has no \
            price list at all invoices nothing, which is no failure. The management offices get copies, the books of each month, \
            and statements of readings where price lists have readingFees. Meant for cron, each night; running it again changes \
            nothing.
            """)

    @OptionGroup var options: SiteOptions

    @Option(help: "Only this month, YYYY-MM.")
    var month: String?

    @Flag(help: "Print what would be issued and what drafts would say, and write nothing.")
    var dryRun = false

    func validate() throws {
        if let month, BillingMonth(month) == nil {
            throw ValidationError("--month \(month) is no month; write it as 2026-10")
        }
    }

    func run() throws {
        let site = try dryRun ? options.openForReading() : options.open(isWorker: true)
        let (report, unpublished) = try options.orFail { () -> (InvoiceReport, Int) in
            let run = InvoiceRun(site: site, only: month.flatMap { BillingMonth($0) }, isDry: dryRun)
            if dryRun { return (try run.run(), 0) }
            // The second of two runs waits, and then finds what the first one left.
            let turn = try TurnLock(spool: options.rootPath + "/spool", command: "invoice")
            defer { withExtendedLifetime(turn) {} }
            var report = try run.run()
            let only = month.flatMap { BillingMonth($0) }
            try InvoiceBooks(site: site).publish(month: only)
            report.failures += try SettlementBooks(site: site, only: only).publish()
            let unpublished = try PublicationRun(site: site, unique: UUID().uuidString.lowercased()).run()
            try OfficePages(site: site).renew()
            return (report, unpublished)
        }
        if let reason = report.reason { SiteOptions.logger.info("\(reason)") }
        if options.json { try printJSON(report) } else { printText(report) }
        let failures =
            report.failures + (unpublished > 0 ? ["\(unpublished) files could not be published; see above"] : [])
        guard failures.isEmpty else { throw CommandFailure.failed(failures.joined(separator: "\n")) }
    }

    private func printText(_ report: InvoiceReport) {
        for document in report.issued {
            StandardStreams.print(
                "\(dryRun ? "would issue" : "issued")\t\(document.number ?? "")\t\(document.facility)\t\(document.month)"
                    + "\t\(Self.lines(document))\t\(document.total) \(document.currency)\(Self.change(document))")
        }
        for document in report.drafts {
            StandardStreams.print(
                "draft\t\(document.facility)\t\(document.month)\t\(Self.lines(document))\t\(document.total)"
                    + " \(document.currency)\(Self.change(document))")
        }
    }

    private static func lines(_ document: InvoiceReport.Document) -> String {
        document.lineCount == 1 ? "1 line" : "\(document.lineCount) lines"
    }

    /// What the draft that stands there says, and how much more this is.
    private static func change(_ document: InvoiceReport.Document) -> String {
        guard let before = document.before else { return "" }
        return ", before \(before)" + (document.difference.map { " (\($0))" } ?? "")
    }

    private func printJSON(_ report: InvoiceReport) throws {
        func list(_ documents: [InvoiceReport.Document]) -> [[String: Any]] {
            documents.map {
                [
                    "facility": $0.facility, "month": $0.month.description, "number": $0.number ?? NSNull(),
                    "lines": $0.lineCount, "net": $0.net, "total": $0.total, "currency": $0.currency,
                    "before": $0.before ?? NSNull(), "difference": $0.difference ?? NSNull(),
                ]
            }
        }
        try StandardStreams.printJSON([
            "dryRun": dryRun, "issued": list(report.issued), "drafts": list(report.drafts), "failures": report.failures,
            "reason": report.reason ?? NSNull(),
        ])
    }
}
