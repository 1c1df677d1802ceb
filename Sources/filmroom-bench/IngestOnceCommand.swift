// The hidden command by which the benchmark runs itself again: works off one site once and gives account of it.

import ArgumentParser
import Foundation
import Pipeline
import Stages

struct IngestOnceCommand: ParsableCommand {
    static let name = "ingest-once"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Works off a site once.", shouldDisplay: false)

    @Option(help: "The site's folder.")
    var root: String

    @Option(help: "The file that the account is written to.")
    var account: String

    func run() throws {
        let site = try BenchSite.open(root)
        let start = SiteClock.wallMilliseconds
        let failed = try DropService(site: site, unique: UUID().uuidString.lowercased()).runOnce()
        let result = IngestAccount(
            startedAtMilliseconds: start, peakByteCount: try IngestAccount.ownPeakByteCount(),
            instanceCount: try site.catalog.instanceCount(), failedDropCount: failed)
        try result.write(to: account)
    }
}
