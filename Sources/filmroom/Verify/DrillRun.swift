// `filmroom verify --drill`: the restore drill, its report and its notice.
//
// Exits with 2 when an exam did not come back as it was stored. What could not be tried at all, for want of space or of a
// folder to restore to, ends with 1 and is not recorded.

import Files
import Foundation
import Pipeline
import Spool
import Stages

struct DrillRun {
    let options: SiteOptions
    let seed: String?
    let examCount: Int
    let folder: String?
    let keeps: Bool
    let rate: ReadingRate?

    func run() throws {
        let place = try folder.map { try existing($0) }
        let site = try options.open(isWorker: true)
        let (report, unpublished) = try options.orFail { () -> (RestoreDrillReport, Int) in
            // The second of two runs waits, and then restores anew.
            let turn = try TurnLock(spool: options.rootPath + "/spool", command: "drill")
            defer { withExtendedLifetime(turn) {} }
            let progress = Progress(title: "drill", total: 0, logger: SiteOptions.logger)
            defer { progress.finish() }
            var pace = ReadingPace(rate)
            let drill = RestoreDrill(site: site, seed: seed, examCount: examCount, folder: place, keeps: keeps) {
                progress.advance(Int($0))
                pace.wait(afterReading: $0)
            }
            let report = try drill.run()
            let unpublished = try PublicationRun(site: site, unique: UUID().uuidString.lowercased()).run()
            try OfficePages(site: site).renew()
            return (report, unpublished)
        }
        if options.json {
            StandardStreams.print(String(decoding: RestoreDrillFile.json(report).dropLast(), as: UTF8.self))
        } else {
            printText(report)
        }
        guard report.hasPassed else {
            throw CommandFailure.findings(
                "\(report.failedCount) of \(report.exams.count) exams did not come back as they were stored; see above, "
                    + "and `filmroom verify` for all others")
        }
        guard unpublished == 0 else {
            throw CommandFailure.failed("\(unpublished) files could not be published; see above")
        }
    }

    private func existing(_ folder: String) throws -> String {
        guard let path = Paths.real(folder), Paths.status(path)?.kind == .directory else {
            throw CommandFailure.failed("--to \(folder): there is no such folder; make it, or mount its disk")
        }
        return path
    }

    private func printText(_ report: RestoreDrillReport) {
        for exam in report.exams {
            let outcome = exam.findings.isEmpty ? "as it was stored" : "FAILED"
            StandardStreams.print(
                "\(exam.key)\t\(exam.tier)\t\(exam.instanceCount) images\t\(exam.reportCount) reports\t"
                    + "\(exam.byteCount) bytes\t\(outcome)")
            for finding in exam.findings {
                StandardStreams.print("  \(finding.path.map { "\($0): " } ?? "")\(finding.reason)")
            }
        }
        StandardStreams.print(
            "drill \(report.seed): \(report.exams.count) exams restored and compared, \(report.failedCount) failed")
    }
}
