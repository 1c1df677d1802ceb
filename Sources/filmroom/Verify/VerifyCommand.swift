// `filmroom verify`: re-reads and compares every stored byte; with --drill, restores some exams elsewhere and compares them.

import ArgumentParser
import Foundation
import Pipeline
import Stages

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Re-read and compare every stored byte; check the catalogue against the archive.",
        discussion: """
            Exits with 2 when anything is changed, missing or extra, and says of which exam it is.

            With --drill, exams chosen by chance, from every facility and tier, are restored from their packs to a folder of \
            their own, as a delivery at full density does; every byte is compared with the digests of the receipts, and what \
            the files say they are with the catalogue. The choice is the same all month. What came of it is kept: `explain` \
            tells it of each exam, `status` of the last drill, and each management office gets notices/drill.<seed>.json. \
            Meant for cron, each month.
            """)

    @OptionGroup var options: SiteOptions
    @Flag(help: "Put right what can be: sums of the usage ledger are made anew from it. Else it is said what to do.")
    var repair = false
    @Option(help: "Read at most so much a second, of all tiers together: 50MB, 500kB, 1GiB (default: no bound).")
    var rate: ReadingRate?
    @Flag(help: "Restore exams chosen by chance to a folder of their own, compare them, and remove them again.")
    var drill = false
    @Option(help: "With --drill: how many exams (default: 10).")
    var exams: Int?
    @Option(help: "With --drill: what the choice is made by, at most 64 of A-Z a-z 0-9 . _ - (default: the month).")
    var seed: String?
    @Option(
        help: "With --drill: a folder on another disk to restore to; it must be there (default: the site's folder).")
    var to: String?
    @Flag(help: "With --to: leave what was restored there, in filmroom-drill/.")
    var keep = false

    private static let usualExamCount = 10
    private static let mostExams = 10_000
    private static let longestSeed = 64

    func validate() throws {
        guard drill || (exams == nil && seed == nil && to == nil && !keep) else {
            throw ValidationError("--exams, --seed, --to and --keep go with --drill")
        }
        if drill, repair { throw ValidationError("--drill compares and puts nothing right; leave --repair out") }
        if let exams, !(1...Self.mostExams).contains(exams) {
            throw ValidationError("--exams \(exams): it takes 1 to \(Self.mostExams)")
        }
        if let seed, seed.wholeMatch(of: /[A-Za-z0-9._-]+/) == nil || seed.count > Self.longestSeed {
            throw ValidationError("--seed '\(seed)': it takes 1 to \(Self.longestSeed) of A-Z a-z 0-9 . _ -")
        }
        if keep, to == nil { throw ValidationError("--keep needs --to: what is restored is left only where you say") }
    }

    func run() throws {
        if drill {
            return try DrillRun(
                options: options, seed: seed, examCount: exams ?? Self.usualExamCount, folder: to, keeps: keep,
                rate: rate
            ).run()
        }
        let site = try options.open()
        let report = try options.orFail {
            let bytes = try site.catalog.storedByteCount() + site.catalog.reportBytes()
            let progress = Progress(title: "verify", total: bytes, logger: SiteOptions.logger)
            defer { progress.finish() }
            var pace = ReadingPace(rate)
            return try ArchiveVerification(site: site, isRepairing: repair) { byteCount in
                progress.advance(Int(byteCount))
                pace.wait(afterReading: byteCount)
            }.run()
        }
        if options.json { try printJSON(report) } else { printText(report) }
        guard report.findings.isEmpty else {
            throw CommandFailure.findings("\(report.findings.count) findings; see above")
        }
    }

    private func printText(_ report: VerificationReport) {
        for finding in report.findings {
            let place = [finding.exam.map { "exam \($0)" }, finding.path].compactMap { $0 }.joined(separator: ", ")
            StandardStreams.print("\(place.isEmpty ? "catalogue" : place): \(finding.reason)")
        }
        StandardStreams.print(
            "\(report.packCount) packs, \(report.reportCount) reports, \(report.byteCount) bytes, \(report.findings.count) findings"
        )
    }

    private func printJSON(_ report: VerificationReport) throws {
        try StandardStreams.printJSON([
            "packs": report.packCount, "reports": report.reportCount, "bytes": report.byteCount,
            "findings": report.findings.map { finding in
                [
                    "exam": finding.exam ?? NSNull(), "path": finding.path ?? NSNull(), "reason": finding.reason,
                ] as [String: Any]
            },
        ])
    }
}
