// `filmroom run`: the workers.

import ArgumentParser
import Catalog
import Configuration
import Foundation
import Stages

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Watch the incoming folders and work.",
        discussion: """
            With --once it waits out `settle` for drops seen for the first time, works until nothing that is ready is left,
            and exits. Otherwise it works until SIGTERM, and stops at the next safe point. With --json it says at its end what
            happened meanwhile: {"drops": {"accepted": 3}, "taken", "toldIncomplete", "failed"} and the counts of `status`.
            """)

    @OptionGroup var options: SiteOptions

    @Flag(help: "Work until nothing that is ready is left, then exit.")
    var once = false

    @Option(help: "Only these pipelines: images,diagnoses,requests,reports,charts,acks; default: all.")
    var pipelines: String?

    /// Works until SIGTERM, woken by the watcher.
    private func watch(_ site: SiteContext, _ service: DropService) throws {
        let stop = StopSignal()
        let watcher = WatcherProcess(
            folder: site.layout.path + "/incoming", logger: site.logger, onEvent: { stop.wake() })
        watcher.start()
        site.logger.info("\(site.configuration.site.id): watching \(site.layout.path)/incoming")
        try service.run(isStopped: { stop.isRaised }, wait: { stop.wait(milliseconds: $0) })
        watcher.stop()
        site.logger.info("\(site.configuration.site.id): stopped")
    }

    func run() throws {
        let asked = pipelines?.split(separator: ",").map(String.init) ?? DropService.allKinds.map(\.rawValue)
        if let unknown = asked.first(where: { DropKind(rawValue: $0) == nil }) {
            throw ValidationError(
                "'\(unknown)' is no pipeline; they are \(DropKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let site = try options.open(isWorker: true)
        let kinds = Set(asked.compactMap { DropKind(rawValue: $0) }).intersection(DropService.allKinds)
        let failed = try options.orFail {
            let before = try site.catalog.newestEvent()
            let failed = kinds.isEmpty ? 0 : try work(site, kinds)
            if options.json { try printJSON(try site.catalog.account(since: before), failed: failed, site) }
            return failed
        }
        guard failed == 0 else { throw CommandFailure.failed("\(failed) drops failed; see above") }
    }

    /// - Returns: How many drops could not be worked on.
    private func work(_ site: SiteContext, _ kinds: Set<DropKind>) throws -> Int {
        let service = try DropService(site: site, kinds: kinds, unique: UUID().uuidString.lowercased())
        if once { return try service.runOnce() }
        try watch(site, service)
        return 0
    }

    private func printJSON(_ account: DropAccount, failed: Int, _ site: SiteContext) throws {
        let summary: [String: Any] = [
            "drops": account.received, "taken": account.received.values.reduce(0, +),
            "toldIncomplete": account.incomplete, "failed": failed,
        ]
        try StandardStreams.printJSON(try QueueCounts(site).json.merging(summary) { _, own in own })
    }
}
