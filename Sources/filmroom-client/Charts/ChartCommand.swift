// `filmroom-client chart`: charts that never leave the facility, shown with the images that the service has.

import ArgumentParser

struct ChartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chart", abstract: "Keep charts on this machine, and see them with their images.",
        discussion: """
            Charts lie in <desk>/charts, for you alone, and nothing of them is sent: opening one asks the service for exams \
            by their numbers, or by the patient's id and a day, and makes the same page here that the service makes for \
            charts that are dropped.
            """,
        subcommands: [ChartAddCommand.self, ChartListCommand.self, ChartOpenCommand.self, ChartForCommand.self])
}
