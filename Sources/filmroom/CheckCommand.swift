// `filmroom check`: every mistake of the configuration, with file and line.

import ArgumentParser
import Configuration

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate the configuration.",
        discussion: "Prints `file:line: what is wrong and what would be right` and exits with 2 when there is anything."
    )

    @OptionGroup var options: SiteOptions

    func run() throws {
        do throws(ConfigurationError) {
            let configuration = try SiteConfiguration.load(root: options.rootPath)
            StandardStreams.complain("\(configuration.site.id): \(configuration.parties.count) parties, no mistakes")
        } catch {
            StandardStreams.print(error.description)
            throw CommandFailure.findings("the configuration has mistakes; the commands start when they are mended")
        }
    }
}
