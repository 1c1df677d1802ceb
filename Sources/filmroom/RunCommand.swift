// `filmroom run`: the workers.

import ArgumentParser
import Configuration
import Foundation
import Stages

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Watch the incoming folders and work.",
        discussion: """
            With --once it waits out `settle` for drops seen for the first time, works until nothing that is ready is left,
            and exits. Otherwise it works until SIGTERM, and stops at the next safe point.
            """)

    @OptionGroup var options: SiteOptions

    @Flag(help: "Work until nothing that is ready is left, then exit.")
    var once = false

    @Option(help: "Only these pipelines: images,requests. (This version has images.)")
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
        let asked = pipelines?.split(separator: ",").map(String.init) ?? ["images"]
        if let unknown = asked.first(where: { DropKind(rawValue: $0) == nil }) {
            throw ValidationError(
                "'\(unknown)' is no pipeline; they are \(DropKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let site = try options.open(isWorker: true)
        guard asked.contains("images") else { return }
        try options.orFail {
            let service = try DropService(site: site, unique: UUID().uuidString.lowercased())
            if once {
                let failed = try service.runOnce()
                guard failed == 0 else { throw CommandFailure.failed("\(failed) drops failed; see above") }
            } else {
                try watch(site, service)
            }
        }
    }
}
