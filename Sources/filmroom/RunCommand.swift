// `filmroom run`: the workers.

import ArgumentParser
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

    @Option(help: "Only these pipelines: images,requests.")
    var pipelines: String?

    func run() throws {
        let site = try options.open()
        try options.orFail {
            let service = try DropService(site: site, unique: UUID().uuidString.lowercased())
            if once {
                let failed = try service.runOnce()
                guard failed == 0 else { throw CommandFailure.failed("\(failed) drops failed; see above") }
            } else {
                let stop = StopSignal()
                try service.run(isStopped: { stop.isRaised }, wait: { stop.wait(milliseconds: $0) })
            }
        }
    }
}
