// `filmroom liaison`: what of charts and exams needs somebody's eye.

import ArgumentParser
import Catalog
import Files
import Foundation
import Interchange
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

            With --entries FILE and --exams FILE no site is needed: both are CSV, and the links that a site would make between \
            them are printed as CSV patientID,entry,exam,by,certainty,patientOfExam. Entries have patientID and entry, and may \
            have kind, encounter, time, accessionNumber, studyInstanceUID, status; exams have exam, patientID, \
            accessionNumber, studyInstanceUID, studyDate. A link with a patientOfExam is none: it is held for a person.
            """)

    @OptionGroup var options: SiteOptions

    @Option(help: "Only this facility.")
    var facility: String?

    @Option(help: "CSV of entries of charts, to be linked without a site.")
    var entries: String?

    @Option(help: "CSV of exams, to be linked without a site.")
    var exams: String?

    func validate() throws {
        guard (entries == nil) == (exams == nil) else {
            throw ValidationError("--entries and --exams go together: what is to be linked with what?")
        }
    }

    func run() throws {
        if let entries, let exams { return try link(entries, exams) }
        let site = try options.open(isWorker: true)
        if let facility, site.configuration.facility(facility) == nil {
            throw CommandFailure.failed("there is no facility '\(facility)' in pipelines/parties.yaml")
        }
        let reports = try options.orFail {
            // The second of two runs waits, and then finds what the first one left.
            let turn = try TurnLock(spool: options.rootPath + "/spool", command: "liaison")
            defer { withExtendedLifetime(turn) {} }
            let reports = try LiaisonAudit(site: site).run(only: facility)
            try OfficePages(site: site).renew()
            return reports
        }
        if options.json { return try StandardStreams.printJSON(["facilities": reports.map(Self.values)]) }
        for report in reports {
            let sums = AuditFinding.Kind.allCases.map { "\(report.findings[$0] ?? 0) \($0.rawValue)" }
            StandardStreams.print(([report.facility, "\(report.counts.links) links"] + sums).joined(separator: "\t"))
        }
    }

    private func link(_ entries: String, _ exams: String) throws {
        do {
            let charts = try Paths.read(Paths.real(entries) ?? entries, limit: LinkLists.mostBytes)
            let images = try Paths.read(Paths.real(exams) ?? exams, limit: LinkLists.mostBytes)
            let lines = try LinkLists.link(entries: charts, named: entries, exams: images, named: exams)
            StandardStreams.write(Array(LinkLists.header.utf8))
            for piece in lines { StandardStreams.write(piece) }
        } catch let error as ItemError {
            throw CommandFailure.failed(error.description)
        } catch let error as FilesError {
            throw CommandFailure.failed(error.description)
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
