// `filmroom check`: every mistake of the configuration, with file and line.

import ArgumentParser
import Configuration
import Stages

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Validate the configuration.",
        discussion: """
            Prints `file:line: what is wrong and what would be right` and exits with 2 when there is anything. With --json: \
            {"problems": [{"file", "line", "column", "message"}]}, an empty list when all is well. What electronic \
            invoices lack is advised on standard error, and so is why no PDF can be made; neither is a mistake.
            """)

    @OptionGroup var options: SiteOptions

    func run() throws {
        let configuration: SiteConfiguration
        do throws(ConfigurationError) { configuration = try SiteConfiguration.load(root: options.rootPath) } catch {
            if options.json { try printJSON(Self.problems(error)) } else { StandardStreams.print(error.description) }
            throw CommandFailure.findings("the configuration has mistakes; the commands start when they are mended")
        }
        if options.json { try printJSON([]) }
        for advice in configuration.invoiceAdvice { StandardStreams.complain("advice: \(advice)") }
        if configuration.isPrinting, let fault = SiteContext.printer.fault() {
            StandardStreams.complain("advice: \(fault); other files are made all the same")
        }
        StandardStreams.complain("\(configuration.site.id): \(configuration.parties.count) parties, no mistakes")
    }

    /// The mistakes; a file that cannot be read at all is told at its first line.
    private static func problems(_ error: ConfigurationError) -> [ConfigurationProblem] {
        switch error {
        case .problems(let problems): problems
        case .unreadable(let file, let text): [ConfigurationProblem(file: file, line: 1, column: 1, message: text)]
        }
    }

    private func printJSON(_ problems: [ConfigurationProblem]) throws {
        try StandardStreams.printJSON([
            "problems": problems.map { problem in
                [
                    "file": problem.file, "line": problem.line, "column": problem.column, "message": problem.message,
                ] as [String: Any]
            }
        ])
    }
}
