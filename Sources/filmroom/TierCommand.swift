// `filmroom tier`: demote and recall by policy, and by request.

import ArgumentParser
import Catalog
import Foundation
import Pipeline
import Spool
import Stages

struct TierCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tier", abstract: "Demote and recall by policy.",
        discussion: """
            Puts in order what a killed run has left, brings back what was asked for, then moves exams out of the fast tier: those \
            not used for demoteAfter, and while its disk is above highWater the least recently used, down to lowWater. An exam \
            whose reading is open stays. Meant for cron, each night.

            A pack leaves its tier only after the copy in the other one was read back and every byte compared.

            With --recall EXAM or --demote EXAM (exam keys; both may be repeated) only these are moved, whatever the policy \
            says. Prints a line for each exam; exits with 1 when something could not be done.
            """)

    @OptionGroup var options: SiteOptions

    @Option(help: "An exam's key: bring it back to the fast tier now.")
    var recall: [String] = []

    @Option(help: "An exam's key: move it out of the fast tier now.")
    var demote: [String] = []

    func validate() throws {
        guard recall.isEmpty || demote.isEmpty else {
            throw ValidationError("--recall and --demote are done one after the other; ask for one at a time")
        }
    }

    func run() throws {
        let site = try options.open(isWorker: true)
        let report = try options.orFail {
            // The second of two runs waits, and then finds what the first one left.
            let turn = try TurnLock(spool: options.rootPath + "/spool", command: "tier")
            defer { withExtendedLifetime(turn) {} }
            let progress = Progress(title: "tier", total: 0, logger: site.logger)
            defer { progress.finish() }
            let run = try TierRun(site: site, unique: UUID().uuidString.lowercased()) { progress.advance(Int($0)) }
            if !recall.isEmpty { return try run.recall(try exams(recall, site.catalog)) }
            if !demote.isEmpty { return try run.demote(try exams(demote, site.catalog)) }
            return try run.byPolicy()
        }
        try options.orFail { _ = try OfficePages(site: site).renew() }
        if options.json { try printJSON(report) } else { printText(report) }
        guard report.failures.isEmpty else {
            throw CommandFailure.failed(report.failures.joined(separator: "\n"))
        }
    }

    private func exams(_ keys: [String], _ catalog: Catalog) throws -> [(study: Int64, key: String)] {
        try keys.map { key in
            guard let exam = try catalog.exam(key: key) else {
                throw CommandFailure.failed("there is no exam '\(key)'; `filmroom find` has the keys")
            }
            return (exam.study, exam.key)
        }
    }

    private func printText(_ report: TierReport) {
        for (word, exams) in [("recalled", report.recalled), ("demoted", report.demoted)] {
            for exam in exams {
                StandardStreams.print(
                    "\(word)\t\(exam.exam)\t\(exam.tier)\t\(exam.packs) packs\t\(exam.byteCount) bytes\t\(exam.reason)")
            }
        }
        if report.settled > 0 { StandardStreams.print("put in order\t\(report.settled) interrupted moves") }
    }

    private func printJSON(_ report: TierReport) throws {
        func list(_ exams: [MovedExam]) -> [[String: Any]] {
            exams.map {
                [
                    "exam": $0.exam, "tier": $0.tier, "packs": $0.packs, "bytes": $0.byteCount, "reason": $0.reason,
                ]
            }
        }
        try StandardStreams.printJSON([
            "demoted": list(report.demoted), "recalled": list(report.recalled), "settled": report.settled,
            "failures": report.failures,
        ])
    }
}
