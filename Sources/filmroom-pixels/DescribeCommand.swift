// `filmroom-pixels describe`: what a file says of its pixels.

import ArgumentParser

struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Prints what a file says of its pixels, as JSON; decodes nothing.")

    @OptionGroup var source: SourceOptions

    func run() throws {
        try source.run(.describe)
    }
}
