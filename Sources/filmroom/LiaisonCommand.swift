// `filmroom liaison`: what of charts and exams needs somebody's eye.

import ArgumentParser
import Catalog
import Foundation
import Spool
import Stages

struct LiaisonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "liaison", abstract: "Tell facilities which charts and images do not belong together yet.",
        discussion: """
            For each facility that keeps charts here: entries without images, exams without an entry, doubtful links, what is held \
            because its patients differ, and merged patients. Each facility and its chart systems get it as \
            outbound/<party>/liaison/audit.json and audit.html; this prints the counts. Meant for cron, each night; running it \
            again changes nothing.
            """)

    @OptionGroup var options: SiteOptions

    @Option(help: "Only this facility.")
    var facility: String?

    func run() throws {
        let site = try options.open(isWorker: true)
        if let facility, site.configuration.facility(facility) == nil {
            throw CommandFailure.failed("there is no facility '\(facility)' in pipelines/parties.yaml")
        }
        let reports = try options.orFail {
            // The second of two runs waits, and then finds what the first one left.
            let turn = try TurnLock(spool: options.rootPath + "/spool", command: "liaison")
            defer { withExtendedLifetime(turn) {} }
            return try LiaisonAudit(site: site).run(only: facility)
        }
        if options.json { return try StandardStreams.printJSON(["facilities": reports.map(Self.values)]) }
        for report in reports {
            let sums = AuditFinding.Kind.allCases.map { "\(report.findings[$0] ?? 0) \($0.rawValue)" }
            StandardStreams.print(([report.facility, "\(report.counts.links) links"] + sums).joined(separator: "\t"))
        }
    }

    private static func values(_ report: LiaisonAuditReport) -> [String: Any] {
        [
            "facility": report.facility, "patients": report.counts.patients, "entries": report.counts.entries,
            "exams": report.counts.exams, "links": report.counts.links,
            "unmatchedEntries": report.findings[.unmatchedEntry] ?? 0,
            "unmatchedExams": report.findings[.unmatchedExam] ?? 0, "doubtful": report.findings[.doubtful] ?? 0,
            "held": report.findings[.held] ?? 0, "merges": report.findings[.merge] ?? 0,
            "settled": report.findings[.settled] ?? 0,
        ]
    }
}
