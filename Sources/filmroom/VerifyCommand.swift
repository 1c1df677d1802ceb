// `filmroom verify`: re-reads and compares every stored byte.

import ArgumentParser
import Foundation
import Pipeline
import Stages

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Re-read and compare every stored byte; check the catalogue against the archive.",
        discussion: "Exits with 2 when anything is changed, missing or extra, and says of which exam it is.")

    @OptionGroup var options: SiteOptions
    @Flag(help: "Put right what can be: sums of the usage ledger are made anew from it. Else it is said what to do.")
    var repair = false
    @Option(help: "Read at most so much a second, of all tiers together: 50MB, 500kB, 1GiB (default: no bound).")
    var rate: ReadingRate?

    func run() throws {
        let site = try options.open()
        let report = try options.orFail {
            let bytes = try site.catalog.storedByteCount() + site.catalog.reportBytes()
            let progress = Progress(title: "verify", total: bytes, logger: SiteOptions.logger)
            defer { progress.finish() }
            let start = ContinuousClock.now
            var read: Int64 = 0
            return try ArchiveVerification(site: site, isRepairing: repair) { byteCount in
                progress.advance(Int(byteCount))
                read += byteCount
                guard let rate else { return }
                let elapsed = (ContinuousClock.now - start) / .seconds(1)
                Thread.sleep(forTimeInterval: rate.wait(afterReading: read, inSeconds: elapsed))
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
